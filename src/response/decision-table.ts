import type { CredentialHash } from "../ingest/credential-hash.ts";
import { STEPS, type Step } from "../ledger/tables.ts";

/** Who asks for what. What is absent is not known. */
export interface Asked {
  readonly account?: string | undefined;
  /** A key's id, as `credential` of an exchange; never the key. */
  readonly credential?: string | undefined;
  readonly model?: string | undefined;
  /** An attested person, or an end user's id within the account. */
  readonly person?: string | undefined;
}

/** What a gateway does. Everything but `action` and `reason` is null where it doesn't apply. */
export interface Decision {
  readonly action: Step;
  /** A code: of the step, of the directive, or where nothing is decided `none`, `account_unknown` or `stale`. */
  readonly reason: string;
  /** ISO 8601. */
  readonly expires: string | null;
  /** `c12`. */
  readonly case: string | null;
  readonly directive: string | null;
  /** `d7`. */
  readonly decision: string | null;
}

/** What else restricts: directives. Asked at every request, so it answers from memory. */
export interface Restrictions {
  /** Undefined where nothing restricts it. */
  restrict(asked: Asked): Decision | undefined;
  /**
   * The same where the ledger was out of reach for too long: what a directive covers is denied, also to whom it lets
   * pass otherwise, since that may have ended. Absent: as `restrict` says.
   */
  restrictStale?(asked: Asked): Decision | undefined;
}

/** What is decided, in memory. */
export interface DecisionTable {
  /**
   * The strictest of what holds for the account, and by the restrictions for all that is asked. Where a key is named and no
   * account: what holds for every account whose it is, which is the mildest of what each would be answered.
   */
  decide(asked: Asked): Decision;
}

/** A step on an account; the unit of snapshots and streams (`decision-page.ts`). */
export interface DecisionEntry {
  readonly account: string;
  /** `d7`. With the account it says which step: a later entry of both replaces it. */
  readonly decision: string;
  /** `allow`: it is taken back, and to be forgotten. */
  readonly action: Step;
  readonly reason: string;
  /** ISO 8601; from then on it counts no more, without anything being sent. */
  readonly expires: string;
  /** `c12`. */
  readonly case: string;
}

/** A table that is kept up to date. */
export interface OpenDecisionTable extends DecisionTable {
  /** Accounts that have steps, those not yet seen to have run out included. */
  readonly accounts: number;
  /** Takes a step in, or out where it is taken back or has run out. */
  apply(entry: DecisionEntry): void;
  /** Takes in that a key is an account's, by the key's hash. */
  addUser(key: string, account: string): void;
  /** The steps that hold now. Steps applied meanwhile may be among them. */
  entries(): Generator<DecisionEntry>;
  /** Drops what has run out, of so many accounts at most, going round. */
  sweep(accounts: number): void;
}

/** What a table works with. */
export interface TableOptions {
  readonly now: () => Date;
  readonly restrictions?: Restrictions | undefined;
  /** Makes of a key's id the hash that `addUser` is told. Without it no key is known. */
  readonly keyHash?: CredentialHash | undefined;
  /** Whether the ledger was out of reach for too long: then steps are let go, and restrictions hold all the more. */
  readonly isStale?: () => boolean;
}

/** The answer where nothing is decided. */
const ALLOWED: Decision = nothing("none");
/** The answer where no account is named, nor a key of one with steps: only the restrictions were asked. */
const ALLOWED_UNKNOWN = nothing("account_unknown");
/** The answer where nobody knows any more what is decided. */
const ALLOWED_STALE: Decision = nothing("stale");

const RANK = Object.fromEntries(STEPS.map((step, rank) => [step, rank])) as Record<Step, number>;

/** How many steps are remembered to be shared; when there are more, sharing begins anew. */
const MOST_TERMS = 10_000;

/** What the accounts of one step have in common. */
interface Terms {
  readonly said: Omit<DecisionEntry, "account">;
  readonly decision: Decision;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/**
 * Opens an empty table. Accounts are looked up by their exact id. Those of one step share its terms, so that an account
 * costs its name and a place in a map (some 100 bytes), and a step is answered by one object, that whoever writes answers
 * can remember what it wrote by.
 */
export function openDecisionTable(options: TableOptions): OpenDecisionTable {
  const { now, restrictions, keyHash, isStale = () => false } = options;
  // Nearly all accounts have one step: no list is made for it.
  const held = new Map<string, Terms | readonly Terms[]>();
  const known = new Map<string, Terms>();
  /** By a key's hash. Nearly all keys have one. */
  const users = new Map<string, string | readonly string[]>();
  let round = held.keys();
  const stepsOf = (account: string): readonly Terms[] => {
    const found = held.get(account);
    return found === undefined ? [] : isList(found) ? found : [found];
  };
  const hold = (account: string, steps: readonly Terms[]): void => {
    const [first] = steps;
    if (first === undefined) held.delete(account);
    else held.set(account, steps.length === 1 ? first : steps);
  };
  const termsOf = (entry: DecisionEntry): Terms => {
    const shared = known.get(entry.decision);
    if (shared !== undefined && areSame(shared.said, entry)) return shared;
    if (known.size >= MOST_TERMS) known.clear();
    const terms = makeTerms(entry);
    known.set(entry.decision, terms);
    return terms;
  };
  const decideAccount = (account: string): Decision =>
    strictestOf(held.get(account), ALLOWED, now().getTime());
  const decideSteps = ({ account = "", credential = "" }: Asked): Decision => {
    if (account !== "") return decideAccount(account);
    const used =
      credential === "" || keyHash === undefined ? undefined : users.get(keyHash(credential));
    if (used === undefined) return ALLOWED_UNKNOWN;
    return typeof used === "string"
      ? decideAccount(used)
      : used
          .map(decideAccount)
          .reduce((one, other) => (stricter(one, other) === one ? other : one));
  };
  return {
    get accounts() {
      return held.size;
    },
    decide(asked) {
      const stale = isStale();
      const decided = stale ? ALLOWED_STALE : decideSteps(asked);
      const restricted =
        stale && restrictions?.restrictStale !== undefined
          ? restrictions.restrictStale(asked)
          : restrictions?.restrict(asked);
      return restricted === undefined ? decided : stricter(restricted, decided);
    },
    apply(entry) {
      const { account, decision, action, expires } = entry;
      const others = stepsOf(account).filter(({ said }) => said.decision !== decision);
      const holds = action !== "allow" && Date.parse(expires) > now().getTime();
      hold(account, holds ? [...others, termsOf(entry)] : others);
    },
    addUser(key, account) {
      const before = users.get(key) ?? [];
      const all = new Set([before, account].flat());
      users.set(key, all.size === 1 ? account : [...all]);
    },
    *entries() {
      for (const account of held.keys())
        for (const { said, expires } of stepsOf(account))
          if (expires > now().getTime()) yield { account, ...said };
    },
    sweep(accounts) {
      const time = now().getTime();
      for (let left = accounts; left > 0; left--) {
        const { value: account, done } = round.next();
        if (done === true) {
          round = held.keys();
          return;
        }
        const steps = stepsOf(account);
        const holding = steps.filter(({ expires }) => expires > time);
        if (holding.length < steps.length) hold(account, holding);
      }
    },
  };
}

function strictestOf(
  steps: Terms | readonly Terms[] | undefined,
  than: Decision,
  time: number,
): Decision {
  if (steps === undefined) return than;
  if (!isList(steps)) return steps.expires > time ? stricter(steps.decision, than) : than;
  let most = than;
  for (const one of steps) if (one.expires > time) most = stricter(one.decision, most);
  return most;
}

/** The stricter of two; of equals the one that holds longer, and else the first. */
function stricter(one: Decision, other: Decision): Decision {
  const more = RANK[one.action] - RANK[other.action];
  if (more !== 0) return more > 0 ? one : other;
  return other.expires === null || (one.expires !== null && one.expires < other.expires)
    ? other
    : one;
}

function makeTerms(entry: DecisionEntry): Terms {
  const { decision, action, reason, expires, case: number } = entry;
  const said = { decision, action, reason, expires, case: number };
  const shared = { action, reason, expires, case: number, directive: null, decision };
  return { said, decision: shared, expires: Date.parse(expires) };
}

function areSame(said: Omit<DecisionEntry, "account">, entry: DecisionEntry): boolean {
  return (
    said.action === entry.action &&
    said.reason === entry.reason &&
    said.expires === entry.expires &&
    said.case === entry.case
  );
}

function isList(steps: Terms | readonly Terms[]): steps is readonly Terms[] {
  return Array.isArray(steps);
}

function nothing(reason: string): Decision {
  return { action: "allow", reason, expires: null, case: null, directive: null, decision: null };
}
