import type { Dials } from "./dials.ts";
import type { PoolAccount } from "./pool.ts";
import type { Release } from "./release.ts";
import type { AccountRole, Dialect, Span } from "./world.ts";
import type { MakeWork } from "./work/work.ts";

/** What the operator's software sends with every request, unless it is laundered. */
export interface Software {
  readonly dialects: readonly Dialect[];
  readonly model: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly sessions: boolean;
  /** Platforms dealt to accounts in turn; as anyone's where absent. */
  readonly doors?: readonly string[];
}

/** One operation: a pool of accounts, work, and when it is done. */
export interface OperationPlan {
  readonly id: string;
  readonly name: string;
  /** The world's window. */
  readonly span: Span;
  /** The operation's own. */
  readonly window: Span;
  /** Accounts, seen here or not; half of them are the standby where there is one. */
  readonly accounts: number;
  readonly dials: Dials;
  readonly software: Software;
  readonly work: MakeWork;
  /** Two shifts a day at UTC+8 with a common pause, for all accounts at once; round the clock where absent. */
  readonly clock?: "shifts";
  /** Chance that the next request of a conversation goes through another account. */
  readonly hops?: number;
  /** Share of accounts with throw-away mail. */
  readonly disposable?: number;
  /** When the provider suspends the first half of the accounts and the second half takes over. */
  readonly bannedAt?: number;
  /** Until `at`, a `share` of the accounts works alone. */
  readonly ramp?: { readonly at: number; readonly share: number };
  /** A model that comes out at `at`: within a day nearly half of the accounts ask for it. */
  readonly release?: Release;
  readonly relay?: true;
  /** Accounts that exist already, in place of new ones; whoever made them sees to their lines and cover. */
  readonly pool?: readonly PoolAccount[];
  /** What those accounts are to the operation; its own where absent. */
  readonly role?: AccountRole;
}
