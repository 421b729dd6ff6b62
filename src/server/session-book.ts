import type { Ledger } from "../ledger/open-ledger.ts";
import {
  endSession,
  type LiveSession,
  noteSeen,
  readSessions,
  secretHash,
  type SessionLimits,
} from "../ledger/sessions.ts";
import { keepFresh } from "./kept-fresh.ts";

/** Who is signed in: in memory, so that asking costs nothing. */
export interface SessionBook {
  readonly limits: SessionLimits;
  /** The id of a session that a `cookie` header holds. */
  idIn(cookie: string | undefined): string | undefined;
  /** Whose session it is, which was used now; undefined once it ended. */
  userOf(id: string): Pick<LiveSession, "name" | "role"> | undefined;
  /** The `set-cookie` that begins a session in a browser; without an id, that ends it. */
  cookieOf(id: string | undefined): string;
  /** Makes a session that begins or ends elsewhere in this process count at once. */
  refresh(): Promise<void>;
  /** Ends a session at once. */
  end(id: string): Promise<void>;
  close(): Promise<void>;
}

/** What a book works with. */
export interface SessionBookOptions {
  readonly ledger: Ledger;
  readonly limits: SessionLimits;
  /** Whether people come by https. */
  readonly secure: boolean;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** How stale the ledger's word of a session's last use may be. */
const NOTE_MS = 60_000;
/** Without the ledger for so long nobody is signed in: somebody may have been disabled there. */
const UNHEARD_MS = 60_000;
const ID = /^[\w-]{43}$/;

/** Opens the book. Throws SW_LEDGER_FAILED. */
export async function openSessionBook(options: SessionBookOptions): Promise<SessionBook> {
  const { ledger, limits, secure, clock, onFailure } = options;
  const name = cookieName("session", secure);
  /** When sessions were used here, milliseconds, by their hashes. */
  const used = new Map<string, number>();
  const seenOf = (session: LiveSession): number =>
    Math.max(Date.parse(session.seen), used.get(session.sha256) ?? 0);
  let awaySince: number | undefined;
  const fresh = await keepFresh(async () => {
    const sessions = await readSessions(ledger).catch((error: unknown) => {
      awaySince ??= clock();
      throw error;
    });
    awaySince = undefined;
    const toNote = sessions.filter((one) => seenOf(one) - Date.parse(one.seen) > NOTE_MS);
    const seen = toNote.map((one) => [one.sha256, new Date(seenOf(one)).toISOString()] as const);
    if (seen.length > 0) await noteSeen(ledger, new Map(seen));
    const book = new Map(sessions.map((session) => [session.sha256, session]));
    for (const sha256 of used.keys()) if (!book.has(sha256)) used.delete(sha256);
    return book;
  }, onFailure);
  return {
    limits,
    idIn: (cookie) => cookieIn(cookie, name, ID),
    userOf(id) {
      const session = fresh.current().get(secretHash(id));
      const isUnheard = awaySince !== undefined && clock() - awaySince > UNHEARD_MS;
      if (session === undefined || isUnheard) return undefined;
      const now = ledger.now().getTime();
      const isOver =
        now - seenOf(session) > limits.idleMs || now - Date.parse(session.begun) > limits.wholeMs;
      if (isOver) return undefined;
      used.set(session.sha256, now);
      return session;
    },
    cookieOf: (id) => setCookie(name, id, { secure, seconds: limits.wholeMs / 1_000 }),
    refresh: () => fresh.refresh(),
    async end(id) {
      await endSession(ledger, id);
      await fresh.refresh();
    },
    close: () => fresh.close(),
  };
}

/** What a cookie of ours is called. By https no other host can set one of that name, and none but this reads it. */
export function cookieName(what: string, secure: boolean): string {
  return `${secure ? "__Host-" : ""}stillwatch-${what}`;
}

/** A cookie's value, where it has the form that ours have. */
export function cookieIn(
  header: string | undefined,
  name: string,
  form: RegExp,
): string | undefined {
  for (const one of header?.split(";") ?? []) {
    const at = one.indexOf("=");
    const value = one.slice(at + 1).trim();
    if (one.slice(0, at).trim() === name && form.test(value)) return value;
  }
  return undefined;
}

/** A `set-cookie` that no script reads and no other site's form sends along; without a value it takes the cookie away. */
export function setCookie(
  name: string,
  value: string | undefined,
  { secure, seconds }: { secure: boolean; seconds: number },
): string {
  const age = value === undefined ? 0 : Math.floor(seconds);
  return `${name}=${value ?? ""}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}
