import type { OutboxSwitch } from "../ledger/outbox.ts";
import type { OutboxStatus } from "../ledger/outbox-status.ts";
import type { CommandRow } from "../ledger/tables.ts";
import { printable } from "../report/printable.ts";
import { grouped, minute } from "../report/wording.ts";

/** `stillwatch outbox status` in words, each line after an indent. */
export function outboxTable(status: OutboxStatus, indent = ""): string {
  const { asked, states, referred, oldest, open } = status;
  const total = states.queued + states.sent + states.refused + states.failed;
  const counts = [
    [states.sent, "taken but not answered for"],
    [states.queued, "waiting"],
    [states.refused, "refused"],
    [states.failed, "given up"],
  ] as const;
  const rest = counts.flatMap(([count, what]) =>
    count === 0 ? [] : [`${grouped(count)} ${what}`],
  );
  const referrals = referred === 0 ? "" : ` (${grouped(referred)} by referral)`;
  const head = `Asked ${grouped(asked)}, applied ${grouped(states.applied)}${referrals}${rest.length === 0 ? "" : `; ${rest.join(", ")}`}.`;
  const more = total - open.length;
  const lines = [
    ...stoppedLine(status.switch),
    head,
    ...(oldest === null
      ? []
      : [
          `The oldest that is open: ${oldest.command} (d${oldest.decision}), ${oldest.state} since ${minute(oldest.queued)}.`,
        ]),
    ...open.map(commandLine),
    ...(more > 0 ? [`  and ${grouped(more)} more; --json has all`] : []),
  ];
  return lines.map((line) => `${indent}${line}\n`).join("");
}

/** That commands are stopped, in a line; none where they go. */
export function stoppedLine({ stopped, stoppedBy, liftsGo }: OutboxSwitch): readonly string[] {
  if (stopped === null) return [];
  const but = liftsGo ? " Lifts go on." : "";
  return [`Stopped since ${minute(stopped)} by ${printable(stoppedBy)}: nothing is sent.${but}`];
}

function commandLine(row: CommandRow): string {
  const { command, account, recipient, decision, state, attempts, note } = row;
  const whom = recipient === "" ? "" : ` by ${printable(recipient)}`;
  const tried = attempts === 0 ? "" : `, tried ${attempts === 1 ? "once" : `${attempts} times`}`;
  const why = note === "" ? "" : `: ${printable(note)}`;
  return `  ${command} ${printable(account)}${whom} (d${decision}): ${state}${tried}${why}`;
}
