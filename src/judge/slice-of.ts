import { KEY_KINDS } from "../core/key-kind.ts";
import { maskedHash } from "../signals/content-sketch.ts";
import type { EchoPair, Slice, SliceAccount, Surroundings } from "../signals/slice.ts";
import { gathers } from "./gathers.ts";
import type { Lineage } from "./lineage.ts";
import { unpackTexts } from "./packed-text.ts";
import type { Population } from "./population.ts";
import { keyed, type Roster } from "./roster.ts";

/** Share of the slice's conversations that a token must exceed to be part of the skeleton. */
const COMMON_TOKEN_SHARE = 0.2;
/** For repeats, words of any of many skeletons are taken out: over 3 % of conversations and at least a dozen. */
const ITEM_TOKEN_SHARE = 0.03;
const ITEM_TOKEN_LEAST = 12;

/** The view of a lineage that signals measure, from its slice up to now, with its contents unpacked. O(its sample and items). */
export function sliceOf(
  lineage: Lineage,
  roster: Roster,
  population: Population,
  seed: number,
): Slice {
  const accounts = inKeyedOrder(lineage, roster, seed);
  const members = new Set(accounts.map((a) => a.account));
  const index = new Map(accounts.map((a, i) => [a.account, i]));
  const sampled = accounts.flatMap((a) => a.sample.map((x) => x.tokens));
  const hash = (account: number): bigint => roster.hashes[account] ?? 0n;
  const testifies = ({ presenter, issuer }: EchoPair): boolean =>
    !lineage.foundBy.has(KEY_KINDS.echo) || !gathers(hash(presenter), hash(issuer), seed);
  return {
    accounts,
    fold: -1,
    mask: commonTokens(sampled, COMMON_TOKEN_SHARE, 2),
    follows: lineage.chosenBefore,
    foundBy: lineage.foundBy,
    items: maskedItems(lineage).map(({ account, item }) => ({
      account: index.get(account) ?? -1,
      item,
    })),
    identity: identityOf(accounts, roster),
    tenure: accounts.map(({ account, payer }) => ({
      account,
      payer,
      created: roster.facts(account)?.created ?? 0,
      suspended: roster.facts(account)?.suspended ?? 0,
      first: population.firsts[account] ?? 0,
    })),
    echoes: population.echoes.between(members).filter(testifies),
    surroundings: outside(accounts, members, population),
    harvestConfirmed: false,
    seed,
  };
}

/** The first exchanges of a lineage, each with the hash of what of its content isn't common to them. O(their tokens). */
export function maskedItems({
  items,
}: Pick<Lineage, "items">): readonly { readonly account: number; readonly item: number }[] {
  const contents = unpackTexts(items.texts);
  const mask = commonTokens(contents, ITEM_TOKEN_SHARE, ITEM_TOKEN_LEAST);
  return contents.map((tokens, i) => ({
    account: items.account(i),
    item: maskedHash(tokens, mask),
  }));
}

/** The accounts of a lineage in keyed order, as signals see them. */
function inKeyedOrder(lineage: Lineage, roster: Roster, seed: number): SliceAccount[] {
  const order = (account: number): number => {
    const hash = roster.hashes[account] ?? 0n;
    return keyed(Number(hash & 0xffffffffn), Number(hash >> 32n), seed ^ 0x2545f491);
  };
  const members = [...lineage.accounts.values()]
    .map((member) => ({ member, order: order(member.account) }))
    .sort((a, b) => a.order - b.order || a.member.account - b.member.account)
    .map(({ member }) => member);
  const contents = unpackTexts(members.flatMap(({ sample }) => sample.map(({ text }) => text)));
  let next = 0;
  return members.map(({ sample, ...member }) => ({
    ...member,
    sample: sample.map((exchange) => ({ ...exchange, tokens: contents[next++]! })),
  }));
}

/** 1 for tokens in more than max(least, share · n) of n texts. O(tokens). */
function commonTokens(texts: readonly Uint16Array[], share: number, least: number): Uint8Array {
  const frequency = new Uint32Array(65536);
  const common = new Uint8Array(65536);
  const limit = Math.max(least, share * texts.length);
  for (const tokens of texts) {
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (++frequency[token]! > limit) common[token] = 1;
    }
  }
  return common;
}

function identityOf(accounts: readonly SliceAccount[], roster: Roster): Slice["identity"] {
  const holders = new Map<bigint, number>();
  const SEVERAL = -1;
  for (const { account, payer } of accounts) {
    for (const { key } of roster.facts(account)?.identity ?? []) {
      const known = holders.get(key);
      holders.set(key, known === undefined || known === payer ? payer : SEVERAL);
    }
  }
  return accounts.map(({ account }) => {
    const keys = roster.facts(account)?.identity ?? [];
    return {
      has: keys.length > 0,
      shares: keys.some(({ key }) => holders.get(key) === SEVERAL),
      declared: roster.partyOrganized[roster.partyOf[account]!] === true,
    };
  });
}

function outside(
  accounts: readonly SliceAccount[],
  members: ReadonlySet<number>,
  population: Population,
): Surroundings {
  const payers = new Set(accounts.map((a) => a.payer));
  let identified = population.identified.size;
  let sharing = population.sharing.size;
  let several = population.several.size;
  for (const payer of payers) {
    if (population.identified.has(payer)) identified -= 1;
    if (population.sharing.has(payer)) sharing -= 1;
    if (population.several.has(payer)) several -= 1;
  }
  return {
    identified,
    sharing,
    several,
    ...population.echoes.outside(members),
    starts: population.starts,
    unusualDays: population.unusualDays,
    established: population.established.known,
  };
}
