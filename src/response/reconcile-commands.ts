import type { Ledger } from "../ledger/open-ledger.ts";
import { type Settled, settleCommands } from "../ledger/outbox.ts";
import { openCommands } from "../ledger/outbox-status.ts";
import { askCommands, type CallOptions } from "./send-command.ts";

/** What asking brought. */
export interface Reconciled {
  /** Commands that were open, and of how many of them the service said something final. */
  readonly asked: number;
  readonly settled: number;
  /** Of how many it knows nothing. */
  readonly unknown: number;
}

/** Asks the account service what became of commands that were tried and not answered for, and notes it. Throws SW_COMMANDS_UNANSWERED. */
export async function reconcileCommands(
  ledger: Ledger,
  options: CallOptions,
  by: string,
): Promise<Reconciled> {
  const open = new Map((await openCommands(ledger)).map((row) => [row.id, row]));
  const asked = open.size;
  const first = [...open.values()].map(({ first_sent }) => first_sent ?? "").toSorted()[0];
  if (first === undefined) return { asked: 0, settled: 0, unknown: 0 };
  let settled = 0;
  for await (const page of askCommands(first, options)) {
    const results = page.flatMap(({ id, state, reason = "" }): Settled[] => {
      const row = open.get(id);
      if (row === undefined) return [];
      open.delete(id);
      if (state === "pending") return [{ number: row.number, state: "sent", note: "" }];
      return [{ number: row.number, state, note: reason.slice(0, 300) }];
    });
    settled += results.filter(({ state }) => state !== "sent").length;
    await settleCommands(ledger, results, by);
  }
  return { asked, settled, unknown: open.size };
}
