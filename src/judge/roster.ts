import { KEY_KINDS } from "../core/key-kind.ts";
import type { RowOf } from "../warehouse/statement.ts";
import type { accountFacts } from "../warehouse/statements.gen.ts";
import { HashIndex } from "./hash-index.ts";

type Fact = RowOf<typeof accountFacts>;

/** What the judge knows of an account beside its exchanges. */
export interface AccountFacts {
  readonly account: string;
  readonly organizationName: string;
  readonly organization: bigint;
  readonly created: number;
  readonly program: string;
  readonly verification: string;
  readonly protected: boolean;
  readonly agreement: string;
  /** Identity keys with their kinds. */
  readonly identity: readonly { readonly kind: number; readonly key: bigint }[];
}

/** Numbers accounts and parties (organization, else account) densely, and holds what the provider says of accounts. */
export class Roster {
  readonly accounts = new HashIndex(1 << 16);
  readonly #parties = new HashIndex(1 << 16);
  readonly #facts = new Map<bigint, AccountFacts>();
  readonly hashes: bigint[] = [];
  readonly partyOf: number[] = [];
  /** Fold of a party, 0 to 3. */
  readonly foldOf: number[] = [];
  readonly partyOrganized: boolean[] = [];
  readonly #seed: number;

  constructor(facts: readonly Fact[], seed: number) {
    this.#seed = seed;
    for (const fact of facts) this.#facts.set(BigInt(fact.account_hash), toFacts(fact));
  }

  get partyCount(): number {
    return this.#parties.size;
  }

  /** Payment, phone and device keys that several accounts have. */
  sharedIdentityKeys(): bigint[] {
    const seen = new Set<bigint>();
    const shared = new Set<bigint>();
    for (const { identity } of this.#facts.values()) {
      for (const { key } of identity) (seen.has(key) ? shared : seen).add(key);
    }
    return [...shared];
  }

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
    let organization = (BigInt(organizationHigh) << 32n) | BigInt(organizationLow);
    if (organization === 0n) organization = this.#facts.get(hash)?.organization ?? 0n;
    // An account and an organization of one name are different parties.
    const owner = organization === 0n ? hash : organization ^ 0x5bd1e9955bd1e995n;
    const party = this.#parties.add(Number(owner & 0xffffffffn), Number(owner >> 32n));
    this.partyOf.push(party);
    this.partyOrganized[party] = organization !== 0n;
    if (this.foldOf[party] === undefined) {
      this.foldOf[party] =
        keyed(Number(owner & 0xffffffffn), Number(owner >> 32n), this.#seed) >>> 30;
    }
    return account;
  }
}

/** A seeded 32-bit hash of a 64-bit one. */
export function keyed(low: number, high: number, seed: number): number {
  let h = Math.imul(low ^ seed, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ high, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x9e3779b1);
  return (h ^ (h >>> 15)) >>> 0;
}

function toFacts(fact: Fact): AccountFacts {
  const identity: { kind: number; key: bigint }[] = [];
  const add = (kind: number, value: bigint): void => {
    if (value !== 0n) identity.push({ kind, key: (value & ~15n) | BigInt(kind) });
  };
  add(KEY_KINDS.payment, BigInt(fact.payment));
  add(KEY_KINDS.phone, BigInt(fact.phone));
  add(KEY_KINDS.device, BigInt(fact.device));
  return {
    account: fact.account,
    organizationName: fact.organization,
    organization: BigInt(fact.organization_hash),
    created: fact.created,
    program: fact.program,
    verification: fact.verification_level,
    protected: fact.protected,
    agreement: fact.agreement,
    identity,
  };
}
