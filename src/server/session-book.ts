import type { UserRow } from "../ledger/tables.ts";

/** Who is signed in. */
export interface SessionBook {
  /** The id of a session that a `cookie` header holds. */
  idIn(cookie: string | undefined): string | undefined;
  /** Whose session it is; undefined once it ended. */
  userOf(id: string): UserRow | undefined;
}
