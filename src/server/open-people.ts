import type { Ledger } from "../ledger/open-ledger.ts";
import type { Doors } from "./admit.ts";
import { ledgerAuditRoutes } from "./audit-routes.ts";
import { caseRoutes } from "./case-routes.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { identityProvider } from "./identity-provider.ts";
import { proxiesAt } from "./proxies.ts";
import { reviewRoutes } from "./review-routes.ts";
import type { Route } from "./route.ts";
import { openSessionBook } from "./session-book.ts";
import { type SignInOptions, signInRoutes } from "./sign-in-routes.ts";
import { stepRoutes } from "./step-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { userRoutes } from "./user-routes.ts";
import { SESSION_LIMITS, type SignInSettings } from "./sign-in-settings.ts";

/** What people come in by. */
export interface People {
  readonly doors: Pick<Doors, "sessions" | "publicUrl">;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

/** What people's part works with. */
export interface PeopleOptions {
  readonly ledger: Ledger;
  /** Absent: people sign in by codes alone. */
  readonly signIn?: SignInSettings | undefined;
  /** See `ServerOptions`. */
  readonly proxies?: readonly string[] | undefined;
  /** Lets a token that was made or revoked count at once. */
  readonly onTokens: () => Promise<void>;
  readonly random: (bytes: number) => Buffer;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** What people's routes work with. */
export interface PeopleRoutesOptions extends SignInOptions, Pick<PeopleOptions, "onTokens"> {}

/** All routes of people's part. */
export function peopleRoutes(options: PeopleRoutesOptions): readonly Route[] {
  const { ledger, clock, onTokens } = options;
  return [
    ...signInRoutes(options),
    ...caseRoutes(ledger),
    ...reviewRoutes(ledger),
    ...stepRoutes(ledger),
    ...evidenceRoutes(ledger, clock),
    ...ledgerAuditRoutes(ledger),
    ...userRoutes(ledger),
    ...tokenRoutes(ledger, onTokens),
  ];
}

/** Opens a server's part for people: who is signed in, and what they can do. Throws SW_LEDGER_FAILED. */
export async function openPeople(options: PeopleOptions): Promise<People> {
  const { signIn, random } = options;
  const proxies = proxiesAt(options.proxies ?? []);
  const secure = signIn?.url.protocol === "https:";
  const limits = signIn?.limits ?? SESSION_LIMITS;
  const sessions = await openSessionBook({ ...options, limits, secure });
  const provider = signIn && identityProvider(signIn, random);
  return {
    doors: { sessions, publicUrl: signIn?.url },
    routes: peopleRoutes({ ...options, sessions, provider, secure, proxies }),
    close: () => sessions.close(),
  };
}
