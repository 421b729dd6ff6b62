import type { EchoPair } from "../signals/slice.ts";

/** A piece that more accounts present than these, anywhere and at any time, is public. */
const MOST_PRESENTERS = 8;
/** As many accounts, tied to one another by echoes and to nobody else, count among what is ordinary: more may be one operation. */
const MOST_ORDINARY = 3;
/** Fewer accounts can't say that one in twenty is rare (`upperRate` of none in 100 is .046). */
const LEAST_PRESENTERS = 100;

/** A piece of an answer, as far as it went by now. */
interface Piece {
  /** The account it was issued to first, −1 where that is not known. */
  readonly issuer: number;
  issuers: number;
  /** Accounts of other parties that presented it. */
  presenters: number;
  readonly pairs: Pair[];
}

/** Two accounts with the pieces that one presented and the other had been issued alone. */
interface Pair {
  readonly presenter: number;
  readonly issuer: number;
  /** How many of the pieces are still private: issued to nobody else, and presented by few. */
  private: number;
}

/** Accounts that echoes tie together, and those of them that present. */
interface TiedAccounts {
  readonly accounts: number[];
  readonly presenters: Set<number>;
}

/** Accounts that present earlier answers, and those of them that present one of another's. */
export interface Presenters {
  readonly presenting: number;
  readonly echoing: number;
}

/**
 * Follows pieces of answers in order of time: who was issued one, who presents one. Whatever it answers is as of now: a
 * piece that is issued to a second account or presented by many is public from then on, not before. Memory grows with
 * the accounts of pieces that come back elsewhere.
 */
export class EchoBook {
  readonly #pieces = new Map<number, Piece>();
  readonly #pairs = new Map<number, Pair>();
  readonly #ofPresenter = new Map<number, Pair[]>();
  /** By account: requests that presented an earlier answer. */
  readonly #presented: number[] = [];
  /** Accounts by the octave of these. */
  readonly #presentingAt = new Float64Array(32);
  /** By account that a private pair ties: all accounts tied with it, however indirectly. Undefined where that has changed. */
  #tied: ReadonlyMap<number, TiedAccounts> | undefined;

  /** An account sends a request that presents an earlier answer, its own or not. */
  converse(account: number): void {
    const before = this.#presented[account] ?? 0;
    this.#presented[account] = before + 1;
    const at = octave(before + 1);
    if (before > 0 && octave(before) === at) return;
    if (before > 0) this.#presentingAt[octave(before)]! -= 1;
    this.#presentingAt[at]! += 1;
  }

  /** An account is issued a piece, for its first time. */
  issue(key: number, issuer: number): void {
    const piece = this.#pieces.get(key);
    if (piece === undefined) {
      this.#pieces.set(key, { issuer, issuers: 1, presenters: 0, pairs: [] });
      return;
    }
    piece.issuers += 1;
    this.#publish(piece);
  }

  /**
   * An account presents a piece, for its first time. `isEcho` says whether it may be one, given the account it was issued
   * to. Returns that account and how many present the piece so far, where the ordered pair is new and the piece private;
   * else undefined.
   */
  present(
    key: number,
    presenter: number,
    isEcho: (issuer: number) => boolean,
  ): { readonly issuer: number; readonly presenters: number } | undefined {
    const piece = this.#pieces.get(key);
    if (piece === undefined) return undefined;
    const { issuer } = piece;
    if (piece.issuers > 1 || issuer < 0 || presenter < 0 || issuer === presenter) return undefined;
    if (!isEcho(issuer)) return undefined;
    piece.presenters += 1;
    if (piece.presenters > MOST_PRESENTERS) {
      this.#publish(piece);
      return undefined;
    }
    const name = presenter * 2 ** 26 + issuer;
    const known = this.#pairs.get(name);
    const pair = known ?? { presenter, issuer, private: 0 };
    piece.pairs.push(pair);
    pair.private += 1;
    if (pair.private === 1) this.#tied = undefined;
    if (known !== undefined) return undefined;
    this.#pairs.set(name, pair);
    const own = this.#ofPresenter.get(presenter);
    if (own === undefined) this.#ofPresenter.set(presenter, [pair]);
    else own.push(pair);
    return { issuer, presenters: piece.presenters };
  }

  /** The ordered pairs of accounts of a group of which one presents what is private to the other. O(echoes of the group's presenters). */
  between(members: ReadonlySet<number>): EchoPair[] {
    const echoes: EchoPair[] = [];
    for (const presenter of members) {
      for (const pair of this.#ofPresenter.get(presenter) ?? []) {
        if (pair.private > 0 && members.has(pair.issuer)) {
          echoes.push({ presenter, issuer: pair.issuer });
        }
      }
    }
    return echoes;
  }

  /**
   * Accounts outside a group with about as many presenting requests as its median member has, or more; of those that
   * present most, enough to say a rate, where hardly anybody presents as much. Left out is whom echoes tie to the group; of
   * accounts tied to one another a few at most count as echoing. O(echoing accounts + members), at most once an octave.
   */
  outside(members: ReadonlySet<number>): Presenters {
    const counts = [...members]
      .map((account) => this.#presented[account] ?? 0)
      .filter((n) => n > 0);
    this.#tied ??= tiedBy(this.#pairs.values());
    const tied = new Set(this.#tied.values());
    let least = octave(counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 1);
    let outside = this.#presentersFrom(least, members, tied);
    while (outside.presenting < LEAST_PRESENTERS && least > 0) {
      least -= 1;
      outside = this.#presentersFrom(least, members, tied);
    }
    return outside;
  }

  /** The same for accounts of an octave of presenting requests and more. */
  #presentersFrom(
    least: number,
    members: ReadonlySet<number>,
    tied: ReadonlySet<TiedAccounts>,
  ): Presenters {
    const isLike = (account: number): boolean => octave(this.#presented[account] ?? 0) >= least;
    let presenting = 0;
    for (let at = least; at < 32; at++) presenting += this.#presentingAt[at]!;
    for (const account of members) {
      if (this.#tied?.has(account) !== true && isLike(account)) presenting -= 1;
    }
    let echoing = 0;
    for (const { accounts, presenters } of tied) {
      if (accounts.some((account) => members.has(account))) {
        presenting -= accounts.filter(isLike).length;
      } else {
        echoing += Math.min(MOST_ORDINARY, [...presenters].filter(isLike).length);
      }
    }
    return { presenting, echoing };
  }

  #publish(piece: Piece): void {
    for (const pair of piece.pairs.splice(0)) {
      pair.private -= 1;
      if (pair.private === 0) this.#tied = undefined;
    }
  }
}

/** Groups accounts by private pairs: those that pairs tie together, however indirectly. O(pairs). */
function tiedBy(pairs: Iterable<Pair>): ReadonlyMap<number, TiedAccounts> {
  const tied = new Map<number, TiedAccounts>();
  for (const pair of pairs) {
    if (pair.private === 0) continue;
    const [a, b] = [pair.presenter, pair.issuer].map(
      (account) => tied.get(account) ?? { accounts: [account], presenters: new Set<number>() },
    ) as [TiedAccounts, TiedAccounts];
    const [large, small] = a.accounts.length < b.accounts.length ? [b, a] : [a, b];
    if (large !== small) {
      large.accounts.push(...small.accounts);
      for (const presenter of small.presenters) large.presenters.add(presenter);
      for (const account of small.accounts) tied.set(account, large);
    }
    large.presenters.add(pair.presenter);
    for (const account of [pair.presenter, pair.issuer]) tied.set(account, large);
  }
  return tied;
}

/** log₂, rounded down; −1 of 0. */
function octave(n: number): number {
  return 31 - Math.clz32(n);
}
