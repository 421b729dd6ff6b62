import type { EchoPair } from "../signals/slice.ts";

/** A piece of an answer, as far as it went by now. */
interface Piece {
  /** The account it was issued to first, −1 where that is not known. */
  readonly issuer: number;
  issuers: number;
  presenters: number;
  readonly pairs: Pair[];
}

/** Two accounts with the pieces that one presented and the other had been issued alone. */
interface Pair {
  readonly presenter: number;
  readonly issuer: number;
  readonly pieces: Piece[];
  /** How many of the pieces are still issued to nobody else. */
  exclusive: number;
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
  #echoing = 0;

  /** Ordered pairs of accounts of which one presents what was issued to the other alone. */
  get echoing(): number {
    return this.#echoing;
  }

  /** An account is issued a piece, for its first time. */
  issue(key: number, issuer: number): void {
    const piece = this.#pieces.get(key);
    if (piece === undefined) {
      this.#pieces.set(key, { issuer, issuers: 1, presenters: 0, pairs: [] });
      return;
    }
    piece.issuers += 1;
    if (piece.issuers > 2) return;
    for (const pair of piece.pairs) {
      pair.exclusive -= 1;
      if (pair.exclusive === 0) this.#echoing -= 1;
    }
  }

  /**
   * An account presents a piece, for its first time. `isEcho` says whether it may be one, given the account it was issued
   * to. Returns that account and how many present the piece so far, where the ordered pair is new; else undefined.
   */
  present(
    key: number,
    presenter: number,
    isEcho: (issuer: number) => boolean,
  ): { readonly issuer: number; readonly presenters: number } | undefined {
    const piece = this.#pieces.get(key);
    if (piece === undefined) return undefined;
    piece.presenters += 1;
    const { issuer, presenters } = piece;
    if (piece.issuers > 1 || issuer < 0 || presenter < 0 || issuer === presenter) return undefined;
    if (!isEcho(issuer)) return undefined;
    const name = presenter * 2 ** 26 + issuer;
    const known = this.#pairs.get(name);
    const pair = known ?? { presenter, issuer, pieces: [], exclusive: 0 };
    pair.pieces.push(piece);
    piece.pairs.push(pair);
    pair.exclusive += 1;
    if (pair.exclusive === 1) this.#echoing += 1;
    if (known !== undefined) return undefined;
    this.#pairs.set(name, pair);
    const own = this.#ofPresenter.get(presenter);
    if (own === undefined) this.#ofPresenter.set(presenter, [pair]);
    else own.push(pair);
    return { issuer, presenters };
  }

  /** The echoes between accounts of a group, each ordered pair with its least public piece. O(echoes of the group's presenters). */
  between(members: ReadonlySet<number>): EchoPair[] {
    const echoes: EchoPair[] = [];
    for (const presenter of members) {
      for (const { issuer, pieces, exclusive } of this.#ofPresenter.get(presenter) ?? []) {
        if (exclusive === 0 || !members.has(issuer)) continue;
        const presenters = pieces.reduce(
          (least, piece) => (piece.issuers === 1 ? Math.min(least, piece.presenters) : least),
          Infinity,
        );
        echoes.push({ presenter, issuer, issuers: 1, presenters });
      }
    }
    return echoes;
  }
}
