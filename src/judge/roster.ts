import { KEY_KINDS } from "../core/key-kind.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { accountFacts } from "../warehouse/statements.gen.ts";
import { HashIndex } from "./hash-index.ts";

type Fact = RowOf<typeof accountFacts>;

/** What the judge knows of an account at a moment, beside its exchanges. */
export interface AccountFacts {
  /** Since when the line holds, seconds. */
  readonly from: number;
  readonly account: string;
  readonly organizationName: string;
  readonly organization: bigint;
  readonly created: number;
  /** When it was suspended, seconds; 0 where it is not. */
  readonly suspended: number;
  readonly program: string;
  readonly plan: string;
  readonly verification: string;
  readonly protected: boolean;
  readonly agreement: string;
  /** Identity keys with their kinds, those of earlier lines too: a card once used stays a tie. */
  readonly identity: readonly { readonly kind: number; readonly key: bigint }[];
}

/**
 * Numbers accounts and parties densely, and holds what the provider says of accounts: of each account the line that
 * holds at the moment, which `advance` moves on. A party is an organization, else an account: what gathers. A payer is
 * whoever openly answers for accounts (the organization, else the first card named, else the account alone): what is
 * tested. Seats that one card pays for are no strangers to each other, so that their likeness says nothing.
 */
export class Roster {
  readonly accounts = new HashIndex(1 << 16);
  readonly #parties = new HashIndex(1 << 16);
  readonly #payers = new HashIndex(1 << 16);
  readonly #facts = new Map<bigint, AccountFacts>();
  /** Lines that hold from a later time on, the latest first. */
  #later: Fact[] = [];
  /** By account: the parties it was in before, each until a time in seconds. */
  readonly #formerly = new Map<number, { readonly party: number; readonly until: number }[]>();
  /** By account: the organization its first exchange named, 0 for none. */
  readonly #named: bigint[] = [];
  readonly hashes: bigint[] = [];
  readonly partyOf: number[] = [];
  readonly payerOf: number[] = [];
  /** Fold of a party, 0 to 3. */
  readonly foldOf: number[] = [];
  readonly partyOrganized: boolean[] = [];
  readonly #seed: number;

  /** `facts` in any order; those from 0 on hold at once. */
  constructor(facts: readonly Fact[], seed: number) {
    this.#seed = seed;
    this.tell(facts);
    this.advance(0);
  }

  get partyCount(): number {
    return this.#parties.size;
  }

  /**
   * Takes more lines, in any order; those whose time has come hold from the next advance on. Returns how many of them say
   * something else of a numbered account than was said before, and of a time before `time`: too late to count there.
   */
  tell(facts: readonly Fact[], time = 0): number {
    const fresh = facts.filter((fact) => !this.#isKnown(fact));
    const name = ({ account_hash, from }: Fact): string => `${account_hash} ${from}`;
    const replaced = new Set(fresh.map(name));
    const kept = this.#later.filter((fact) => !replaced.has(name(fact)));
    this.#later = [...kept, ...fresh.toReversed()].toSorted(
      (a, b) => b.from - a.from || compare(b.account, a.account),
    );
    return fresh.filter((fact) => fact.from < time && this.#find(fact) >= 0).length;
  }

  /** The party an account was in at a time, in seconds. */
  partyAt(account: number, time: number): number {
    const former = this.#formerly.get(account)?.find(({ until }) => time < until);
    return former?.party ?? this.partyOf[account]!;
  }

  /**
   * Moves on to a time in seconds: lines from then or before hold. Returns the numbered accounts of which something else
   * is said than before. An account's organization is the one that its first exchange named, else the one said now.
   */
  advance(time: number): readonly number[] {
    const changed: number[] = [];
    for (let fact = this.#later.at(-1); fact !== undefined; fact = this.#later.at(-1)) {
      if (fact.from > time) break;
      this.#later.pop();
      const hash = BigInt(fact.account_hash);
      this.#facts.set(hash, toFacts(fact, this.#facts.get(hash)));
      const account = this.#find(fact);
      if (account < 0) continue;
      const party = this.partyOf[account]!;
      this.#settle(account);
      if (this.partyOf[account] !== party) this.#left(account, party, time);
      changed.push(account);
    }
    return changed;
  }

  /** What is said of an account now. */
  facts(account: number): AccountFacts | undefined {
    return this.#facts.get(this.hashes[account] ?? 0n);
  }

  /** The number of an account; numbers it, and its party, at first sight. */
  enroll(low: number, high: number, organizationLow: number, organizationHigh: number): number {
    const known = this.accounts.get(low, high);
    if (known >= 0) return known;
    const account = this.accounts.add(low, high);
    const hash = (BigInt(high) << 32n) | BigInt(low);
    this.hashes.push(hash);
    this.#named.push((BigInt(organizationHigh) << 32n) | BigInt(organizationLow));
    this.#settle(account);
    return account;
  }

  #find({ account_hash }: Fact): number {
    const hash = BigInt(account_hash);
    return this.accounts.get(Number(hash & 0xffffffffn), Number(hash >> 32n));
  }

  /** True where a line says of an account what is said of it already. */
  #isKnown(fact: Fact): boolean {
    const known = this.#facts.get(BigInt(fact.account_hash));
    if (known === undefined) return false;
    const said = toFacts(fact, known);
    return JSON.stringify(said, decimal) === JSON.stringify(known, decimal);
  }

  #left(account: number, party: number, until: number): void {
    const before = this.#formerly.get(account) ?? [];
    this.#formerly.set(account, [...before, { party, until }]);
  }

  /** Puts an account into its party; numbers the party at first sight. */
  #settle(account: number): void {
    const hash = this.hashes[account]!;
    let organization = this.#named[account]!;
    const facts = this.#facts.get(hash);
    if (organization === 0n) organization = facts?.organization ?? 0n;
    const card = facts?.identity.find(({ kind }) => kind === KEY_KINDS.payment)?.key ?? 0n;
    // An account, a card and an organization of one number are different parties.
    const owner = organization === 0n ? hash : organization ^ 0x5bd1e9955bd1e995n;
    const payer = organization === 0n && card !== 0n ? card ^ 0x27d4eb2f165667c5n : owner;
    const party = this.#parties.add(Number(owner & 0xffffffffn), Number(owner >> 32n));
    this.partyOf[account] = party;
    this.partyOrganized[party] = organization !== 0n;
    this.payerOf[account] = this.#payers.add(Number(payer & 0xffffffffn), Number(payer >> 32n));
    this.foldOf[party] =
      keyed(Number(owner & 0xffffffffn), Number(owner >> 32n), this.#seed) >>> 30;
  }
}

/** A seeded 32-bit hash of a 64-bit one. */
export function keyed(low: number, high: number, seed: number): number {
  let h = Math.imul(low ^ seed, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ high, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x9e3779b1);
  return (h ^ (h >>> 15)) >>> 0;
}

function identityOf(fact: Fact): AccountFacts["identity"] {
  const named: readonly (readonly [number, string])[] = [
    [KEY_KINDS.payment, fact.payment],
    [KEY_KINDS.phone, fact.phone],
    [KEY_KINDS.device, fact.device],
  ];
  return named.flatMap(([kind, value]) =>
    value === "0" ? [] : [{ kind, key: (BigInt(value) & ~15n) | BigInt(kind) }],
  );
}

/** What is known after a line, and what was known before it. A line that held before the other adds its means only. */
function toFacts(fact: Fact, known: AccountFacts | undefined): AccountFacts {
  const earlier = known?.identity ?? [];
  const fresh = identityOf(fact).filter(({ key }) => !earlier.some((one) => one.key === key));
  const identity = [...earlier, ...fresh];
  if (known !== undefined && known.from > fact.from) return { ...known, identity };
  return {
    from: fact.from,
    account: fact.account,
    organizationName: fact.organization,
    organization: BigInt(fact.organization_hash),
    created: fact.created,
    suspended: fact.suspended,
    program: fact.program,
    plan: fact.plan,
    verification: fact.verification_level,
    protected: fact.protected,
    agreement: fact.agreement,
    identity,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function decimal(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
