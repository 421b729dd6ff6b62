import type { Calendar } from "../core/calendar.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { accountFacts, accountHashes } from "../warehouse/statements.gen.ts";

type Fact = RowOf<typeof accountFacts>;

/** Names that one statement asks for. */
const NAMES_AT_ONCE = 5_000;

/**
 * What is known of accounts, of all or of those named: the lines about them, and where a calendar suspends one, a line that
 * holds from then on. A line that says itself when its account was suspended is left as it is.
 */
export async function readAccountFacts(
  warehouse: Warehouse,
  calendar: Calendar | undefined,
  only?: readonly string[],
): Promise<readonly Fact[]> {
  const facts = await warehouse.rows(accountFacts, { only: only === undefined ? [] : [...only] });
  const times = timesOf(calendar, only);
  if (times.size === 0) return facts;
  const lines = Map.groupBy(facts, ({ account }) => account);
  const suspended: Fact[] = [];
  const names = [...times.keys()];
  for (let at = 0; at < names.length; at += NAMES_AT_ONCE) {
    const accounts = names.slice(at, at + NAMES_AT_ONCE);
    for (const known of await warehouse.rows(accountHashes, { accounts })) {
      const own = lines.get(known.account) ?? [];
      suspended.push(
        ...withSuspensions({ ...NOTHING_SAID, ...known }, own, times.get(known.account)!),
      );
    }
  }
  return [...facts.filter(({ account }) => !times.has(account)), ...suspended];
}

/** By account: when a calendar suspends it, in order. */
function timesOf(
  calendar: Calendar | undefined,
  only: readonly string[] | undefined,
): ReadonlyMap<string, readonly number[]> {
  const asked = only && new Set(only);
  const times = new Map<string, number[]>();
  for (const { time, accounts } of calendar?.suspensions ?? []) {
    for (const account of accounts) {
      if (asked?.has(account) === false) continue;
      times.set(account, [...(times.get(account) ?? []), time]);
    }
  }
  return new Map([...times].map(([account, all]) => [account, all.toSorted((a, b) => a - b)]));
}

/** An account's lines, in order of time, with the suspension that holds at each, and one more for each suspension. */
function withSuspensions(
  nothing: Fact,
  lines: readonly Fact[],
  times: readonly number[],
): readonly Fact[] {
  const starts = [...new Set([...lines.map(({ from }) => from), ...times])].toSorted(
    (a, b) => a - b,
  );
  return starts.map((from) => {
    const line = lines.findLast((one) => one.from <= from) ?? nothing;
    const suspended = line.suspended || (times.findLast((time) => time <= from) ?? 0);
    return { ...line, from, suspended };
  });
}

/** A line that says nothing. */
export const NOTHING_SAID: Omit<Fact, "account" | "account_hash"> = {
  from: 0,
  organization_hash: "0",
  organization: "",
  parent: "",
  created: 0,
  program: "",
  plan: "",
  email_domain: "",
  payment: "0",
  phone: "0",
  device: "0",
  verification_level: "",
  protected: false,
  suspended: 0,
  agreement: "",
};
