import type { EchoBook } from "./echo-book.ts";
import { gathers } from "./gathers.ts";
import { HashIndex } from "./hash-index.ts";
import type { Roster } from "./roster.ts";

/** An account is first issued, or first presents, a piece of an answer that comes back elsewhere (seconds). */
export interface TimedPiece {
  readonly time: number;
  readonly key: bigint;
  readonly account: bigint;
  readonly presents: boolean;
}

/** What hearing of pieces takes. */
export interface Hearing {
  readonly book: EchoBook;
  readonly roster: Roster;
  /** By account: its first exchange, seconds. */
  readonly firsts: readonly number[];
  readonly tickSeconds: number;
  readonly seed: number;
}

/** Two accounts of which one presents what the other was issued, by the piece's key. */
export interface Echo {
  readonly key: bigint;
  readonly account: number;
  readonly issuer: number;
}

/** An echo that more accounts present ties nobody in the graph. */
const MOST_TIED_PRESENTERS = 3;

/** Pieces on their way into the echo book, each when its time has come. */
export class PieceQueue {
  readonly #numbers = new HashIndex();
  #waiting: TimedPiece[] = [];

  /** Takes pieces in order of time; what is told too late of one is known from then on. */
  tell(pieces: readonly TimedPiece[]): void {
    for (const piece of pieces) this.#waiting.push(piece);
  }

  /** Enters who was issued and who presented answers before `end`. Returns the new echoes that tie their accounts, in the half of account pairs that gathers. */
  hear(end: number, hearing: Hearing): readonly Echo[] {
    const { book, roster, seed } = hearing;
    const later = this.#waiting.findIndex(({ time }) => time >= end);
    const due = this.#waiting.splice(0, later < 0 ? Infinity : later);
    return due.flatMap(({ time, key, account: hash, presents }) => {
      const number = this.#numbers.add(Number(key & 0xffffffffn), Number(key >> 32n));
      const account = knownBy(time, hash, hearing);
      if (!presents) {
        book.issue(number, account);
        return [];
      }
      const isEcho = (issuer: number): boolean =>
        roster.payerOf[issuer] !== roster.payerOf[account];
      const echo = book.present(number, account, isEcho);
      if (echo === undefined || echo.presenters > MOST_TIED_PRESENTERS) return [];
      if (!gathers(hash, roster.hashes[echo.issuer]!, seed)) return [];
      return [{ key, account, issuer: echo.issuer }];
    });
  }
}

/** The number of an account; −1 where it had not sent anything by the end of the tick of a time, or of the traffic's first tick. */
function knownBy(time: number, hash: bigint, { roster, firsts, tickSeconds }: Hearing): number {
  const account = roster.accounts.get(Number(hash & 0xffffffffn), Number(hash >> 32n));
  const first = firsts[account] ?? 0;
  const heard = Math.max(time, firsts[0] ?? 0);
  return Math.floor(first / tickSeconds) > Math.floor(heard / tickSeconds) ? -1 : account;
}
