import type { GroupTraffic, MemberRow } from "../../../src/judge/attribution/member-traffic.ts";
import { groupTraffic } from "../../../src/judge/attribution/member-traffic.ts";
import type { Rule } from "../../../src/judge/attribution/rules-of.ts";

/** A row of `count` exchanges of an account that meet some rules. */
export function sent(
  account: number,
  rules: number,
  count: number,
  change: Partial<MemberRow> = {},
): MemberRow {
  return {
    group_no: 0,
    account_hash: String(account),
    name: `acct_${account}`,
    model: "orion-4",
    rules,
    exchanges: String(count),
    exchanges_before: "0",
    input_tokens: "0",
    cached_tokens: "0",
    output_tokens: "0",
    billed: 0,
    first: 1000,
    last: 2000,
    ...change,
  };
}

const own: Rule = { kind: "own", required: 1, keys: [17n] };
const whole: Rule = { ...own, keys: [] };
const work: Rule = { ...own, kind: "work" };

/** A group's traffic by rules: its own (about accounts where `byAccount`), then works. */
export function trafficOf(
  rows: readonly MemberRow[],
  works: number,
  byAccount = false,
): GroupTraffic {
  const rest = Array.from({ length: works }, () => work);
  return groupTraffic(rows, [byAccount ? whole : own, ...rest]);
}
