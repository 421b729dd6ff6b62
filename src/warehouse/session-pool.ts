import type { Session } from "chdb";

/** One chDB session with what has been set on it. Used by one query at a time. */
export interface PooledSession {
  readonly session: Session;
  /** Settings in force on this session, by name. */
  readonly settings: Map<string, string>;
  /** Names of query parameters that some query left on this session. */
  readonly parameters: Set<string>;
}

/**
 * A fixed number of sessions on one data folder, each used by one query at a time; callers queue in order.
 * A session that saw an error, an abort or a timeout is closed and replaced: chDB 3.4.0 prepends a failed query's
 * buffered rows to the next answer on the same session.
 */
export class SessionPool {
  readonly #open: () => Session;
  readonly #idle: PooledSession[] = [];
  readonly #waiting: ((session: PooledSession) => void)[] = [];
  #closed = false;

  /** Opens `size` sessions at once. Throws what chDB throws when the folder is locked or unusable. */
  constructor(size: number, open: () => Session) {
    this.#open = open;
    for (let i = 0; i < size; i++) this.#idle.push(this.#fresh());
  }

  /** Takes a session, waiting for one to be free. Give it back with `release` or `replace`. */
  acquire(): Promise<PooledSession> {
    const idle = this.#idle.pop();
    return idle === undefined
      ? new Promise((resolve) => this.#waiting.push(resolve))
      : Promise.resolve(idle);
  }

  /** Gives back a session whose query ended well. */
  release(pooled: PooledSession): void {
    if (this.#closed) return pooled.session.close();
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(pooled);
    else next(pooled);
  }

  /** Closes a session that can't be trusted any more and puts a fresh one in its place. */
  replace(pooled: PooledSession): void {
    pooled.session.close();
    if (!this.#closed) this.release(this.#fresh());
  }

  /** Closes the idle sessions; those in use close when they are given back. */
  close(): void {
    this.#closed = true;
    for (const pooled of this.#idle.splice(0)) pooled.session.close();
  }

  #fresh(): PooledSession {
    return { session: this.#open(), settings: new Map(), parameters: new Set() };
  }
}
