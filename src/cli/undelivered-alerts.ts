import { counted } from "../core/counted.ts";
import { printable } from "../report/printable.ts";
import { openAlertStore } from "../response/alert-store.ts";

/** What `doctor` says of a data folder's alerts that nobody took, or that wait to be tried again; empty where none do. */
export function undeliveredAlerts(dataDir: string): string {
  const { dead, given_up, outbox } = openAlertStore(dataDir).read();
  const failing = outbox.findLast(({ attempts }) => attempts > 0);
  const last = dead.at(-1);
  const lines = [
    ...(last === undefined
      ? []
      : [`${counted(given_up, "message")} given up. The last: ${said(last)}, at ${last.at}.`]),
    ...(failing === undefined
      ? []
      : [`${counted(outbox.length, "message")} not delivered yet. The last: ${said(failing)}.`]),
  ];
  return lines.length === 0 ? "" : `\nAlerts:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function said({
  webhook,
  id,
  attempts,
  reason,
}: {
  readonly webhook: string;
  readonly id: string;
  readonly attempts: number;
  readonly reason: string;
}): string {
  return printable(`${id} to ${webhook}, ${counted(attempts, "attempt")}, ${reason}`);
}
