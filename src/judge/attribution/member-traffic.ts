import type { RowOf } from "../../warehouse/statement.ts";
import type { memberExchanges } from "../../warehouse/statements.gen.ts";
import { leastSent, leastShareOf } from "./bystanders.ts";
import type { Rule } from "./rules-of.ts";

/** A member's exchanges of one model that meet the same rules. */
export type MemberRow = RowOf<typeof memberExchanges>;

/** What one member of a group sent. */
export interface MemberTraffic {
  readonly name: string;
  /** Decimal. */
  readonly hash: string;
  readonly rows: readonly MemberRow[];
  readonly exchanges: number;
  /** Of them, those that are the group's work. */
  readonly served: number;
}

/** What a group's members sent, and which rules make an exchange its work: a bit each. */
export interface GroupTraffic {
  readonly members: readonly MemberTraffic[];
  readonly serving: number;
  /** The same in an account whose key was stolen: what comes from the group's places too. */
  readonly foreign: number;
}

/** Where the group's own rule is about accounts, its works say which exchanges are its own if they make up this share of them. */
const TOLD_BY_WORKS = 0.5;

/**
 * Sums a group's rows up by account; leaves out who sends it so little that it may be chance. Where the group's own rule
 * is about accounts every exchange of theirs meets it, and its works tell more. O(rows).
 */
export function groupTraffic(rows: readonly MemberRow[], rules: readonly Rule[]): GroupTraffic {
  const bitsOf = (kind: Rule["kind"]): number =>
    rules.reduce((bits, rule, i) => (rule.kind === kind ? bits | (1 << i) : bits), 0);
  const [own, works] = [bitsOf("own"), bitsOf("work")];
  const whole = rules[0]?.keys.length === 0;
  const byWorks = exchangesOf(rows.filter((row) => (row.rules & works) !== 0));
  const told = byWorks >= TOLD_BY_WORKS * exchangesOf(rows);
  const serving = !whole ? own | works : told && works !== 0 ? works : own;
  const meeting = (some: readonly MemberRow[], bits: number): number =>
    exchangesOf(some.filter((row) => (row.rules & bits) !== 0));
  const accounts = [...Map.groupBy(rows, (row) => row.account_hash)].map(([hash, sent]) => ({
    name: sent[0]!.name,
    hash,
    rows: sent,
    exchanges: exchangesOf(sent),
    served: meeting(sent, serving),
    gathered: meeting(sent, own),
  }));
  const least = leastSent(accounts.map(({ gathered }) => gathered));
  const leastShare = leastShareOf(accounts.map((a) => a.gathered / a.exchanges));
  return {
    serving,
    foreign: serving | bitsOf("place"),
    members: accounts.filter((a) => a.gathered >= least && a.gathered / a.exchanges >= leastShare),
  };
}

/** How many exchanges some rows count. */
export function exchangesOf(rows: readonly MemberRow[]): number {
  return rows.reduce((total, { exchanges }) => total + Number(exchanges), 0);
}
