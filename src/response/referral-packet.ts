import { counted } from "../core/counted.ts";
import type { Command } from "../ledger/command-states.ts";

/** What an account sent on a UTC day through a recipient's doors. */
export interface ReferredDay {
  readonly day: string;
  readonly exchanges: number;
  /** How many of its own users the recipient told apart; their ids are not kept here. */
  readonly end_users: number;
}

/** An account, as its recipient knows it. */
export interface ReferredAccount {
  readonly account: string;
  /** ISO 8601; null where nothing of it is kept any more. */
  readonly first: string | null;
  readonly last: string | null;
  readonly exchanges: number;
  readonly models: readonly string[];
  readonly days: readonly ReferredDay[];
  /** Some requests by id and time, by which the recipient finds who sent them. */
  readonly requests: readonly { readonly id: string; readonly time: string }[];
}

/** What a cloud's, an aggregator's or a reseller's abuse desk is asked. */
export interface ReferralPacket {
  readonly version: 1;
  readonly id: string;
  readonly created: string;
  readonly to: string;
  readonly contact: string;
  /** `c12` and `d7`: to name it by when asking back. */
  readonly case: string;
  readonly decision: string;
  readonly asked: Command;
  readonly reason_code: string;
  readonly expires: string;
  readonly accounts: readonly ReferredAccount[];
}

const ASKED: Readonly<Record<Command, string>> = {
  suspend: "Please suspend these accounts",
  limit: "Please limit what these accounts can send",
  verify: "Please verify who is behind these accounts before they go on",
  rotate_key: "Please have the keys of these accounts replaced: they are used by somebody else",
  lift: "Please take back what you did about these accounts: what was asked before holds no more",
};

/**
 * The packet in plain words. It holds what the desk needs to find and check its own customers; not how they were found,
 * who else was, nor what anybody wrote.
 */
export function referralText(packet: ReferralPacket): string {
  const { id, created, to, contact, asked, reason_code, expires, accounts } = packet;
  const until = asked === "lift" ? "" : ` until ${expires}`;
  const lines = [
    `Referral ${id}`,
    `To: ${to}`,
    `Written: ${created}`,
    `Case ${packet.case}, step ${packet.decision}. Ask back: ${contact}`,
    "",
    `${ASKED[asked]}${until}.`,
    ...(asked === "lift"
      ? []
      : [`Reason: ${reason_code.replaceAll("_", " ")}. A person decided it after a review.`]),
    "",
    `${counted(accounts.length, "account")}. Times are UTC. The requests named are a sample, by which you find your own users.`,
    ...accounts.flatMap(accountLines),
  ];
  return `${lines.map(oneLine).join("\n")}\n`;
}

function accountLines(one: ReferredAccount): readonly string[] {
  const { account, first, last, exchanges, models, days, requests } = one;
  const seen =
    first === null || last === null
      ? "nothing of it is kept any more"
      : `${counted(exchanges, "request")} from ${first} to ${last}; models: ${models.join(", ")}`;
  return [
    "",
    `Account ${account}: ${seen}.`,
    ...days.map(({ day, exchanges: count, end_users: users }) => {
      const told = users === 0 ? "" : `, ${counted(users, "end user")}`;
      return `  ${day}  ${counted(count, "request")}${told}`;
    }),
    ...requests.map(({ id, time }) => `  request ${id} at ${time}`),
  ];
}

/** Names came from outside: none of them may begin a line of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, " ");
}
