import type { RowOf } from "../../warehouse/statement.ts";
import type { groupReplays } from "../../warehouse/statements.gen.ts";
import type { Roster } from "../roster.ts";

/** Handles of the provider's making that crossed between a group's payers. */
export interface Replays {
  /** Said after what echo measured. */
  readonly sentence: string;
  /** Ids of at most five exchanges that present one. */
  readonly examples: readonly string[];
}

/** What is said of one group's replays; undefined where there are none. A payer may move its own conversations. */
export function replaysOf(
  rows: readonly RowOf<typeof groupReplays>[],
  roster: Roster,
): Replays | undefined {
  const crossed = rows.filter(
    ({ presenter, issuer }) => payerOf(presenter, roster) !== payerOf(issuer, roster),
  );
  if (crossed.length === 0) return undefined;
  const presenters = new Set(crossed.map(({ presenter }) => presenter)).size;
  const issuers = new Set(crossed.map(({ issuer }) => issuer)).size;
  return {
    sentence: ` ${presenters === 1 ? "1 account presents" : `${presenters} accounts present`} a handle of the provider's making (a response id, a tool-call id, a reasoning signature) that ${issuers === 1 ? "another member" : `${issuers} other members`} had been issued; programs carry such handles over, people do not.`,
    examples: [...new Set(crossed.map(({ example }) => example))].slice(0, 5),
  };
}

function payerOf(hash: string, roster: Roster): number | undefined {
  const account = BigInt(hash);
  return roster.payerOf[roster.accounts.get(Number(account & 0xffffffffn), Number(account >> 32n))];
}
