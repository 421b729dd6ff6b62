import type { Ledger } from "../open-ledger.ts";
import { assertMay, assertUserName } from "../users.ts";

/** Who acts on directives, found to be allowed to. */
export interface Counsel {
  /** As the audit names it: `user:cleo`, or `token:tok_1f0c9a2b`. */
  readonly actor: string;
}

/**
 * The person of that name, where the ledger says that the person is counsel; nobody else is, an admin neither. Without a
 * ledger, or until it has a user, whoever has the folder may act under any name. Throws SW_USER_REFUSED.
 */
export async function counselOf(ledger: Ledger | undefined, name: string): Promise<Counsel> {
  assertUserName(name);
  if (ledger === undefined) return { actor: `user:${name}` };
  return { actor: await ledger.change((change) => assertMay(change, name, "direct")) };
}
