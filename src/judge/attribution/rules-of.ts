import { KEY_KINDS } from "../../core/key-kind.ts";
import type { Lineage } from "../lineage.ts";
import { TELLING_BITS } from "../members-of.ts";
import type { Reported } from "./choose-groups.ts";

/** What makes an exchange a group's: that it carries as many of some keys. No keys: that its account is a member. */
export interface Rule {
  /**
   * `own` gathered the group; `work` is a harvest found inside it; `place` is a network of the group's: it tells a
   * stolen key's exchanges from the customer's, and nothing in a pool through which others go too.
   */
  readonly kind: "own" | "work" | "place";
  readonly required: number;
  readonly keys: readonly bigint[];
}

/** What was gathered otherwise is a group's where this share of its accounts, at least, lies in the group. */
const INSIDE = 0.5;
const LEAST_ACCOUNTS = 3;
/** Rules of one group: a bit each. */
const MOST_RULES = 24;

/**
 * A reported group's rules, its own first. The works done inside a flagged group are rules about contents that gathered
 * its accounts and whose exchanges are a harvest: they tell which exchanges are the group's where its own rule is about
 * accounts, and several operators apart. Its places are networks that rules about accounts share among them. O(lineages × accounts).
 */
export function rulesOf(
  reported: Reported,
  lineages: readonly Lineage[],
  keyHashes: readonly bigint[],
): readonly Rule[] {
  const { lineage, said } = reported;
  const hashes = ({ keys }: Lineage): bigint[] => [...keys].map((key) => keyHashes[key] ?? 0n);
  const { required, whole } = lineage;
  const own: Rule = { kind: "own", required, keys: whole ? [] : hashes(lineage) };
  if (said.assessment !== "campaign") return [own];
  const inside = lineages.filter((other) => other === lineage || isInside(other, reported));
  const works = inside
    .filter((other) => other !== lineage && !other.whole)
    .toSorted((a, b) => b.exchanges - a.exchanges || a.number - b.number)
    .slice(0, MOST_RULES - 2)
    .map((work): Rule => ({ kind: "work", required: work.required, keys: hashes(work) }));
  const networks = inside
    .filter((other) => other.whole)
    .flatMap(hashes)
    .filter((key) => Number(key & 15n) === KEY_KINDS.network);
  const places: Rule = { kind: "place", required: 1, keys: [...new Set(networks)] };
  return [own, ...works, ...(networks.length === 0 ? [] : [places])];
}

/** True where a harvest that was gathered otherwise is, by its accounts, the group's. */
function isInside(other: Lineage, { members }: Reported): boolean {
  if (other.rank === 0 || (other.harvestBits ?? 0) < TELLING_BITS) return false;
  let inside = 0;
  for (const account of other.accounts.keys()) if (members.has(account)) inside += 1;
  return inside >= LEAST_ACCOUNTS && inside >= INSIDE * other.accounts.size;
}
