import { hash } from "node:crypto";
import { StillwatchError } from "../core/errors.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type { SessionRow } from "./caller-tables.ts";
import type { UserRole, UserRow } from "./tables.ts";
import { assertAdmin, assertMay, assertOwnName, assertUserName } from "./users.ts";

/** How long a session lasts. Milliseconds. */
export interface SessionLimits {
  /** Since it was used last. */
  readonly idleMs: number;
  /** Since it began. */
  readonly wholeMs: number;
}

/** A session that may still be one, and whose. */
export type LiveSession = SessionRow & Pick<UserRow, "name" | "role">;

/** How long a code waits to be used. */
const CODE_MS = 10 * 60_000;
/** Random bytes of a session's id and of a code. */
const SECRET_BYTES = 32;

/** A random secret, and the hash by which it is found again. Random bits need no slow hash. */
export function newSecret(random: (bytes: number) => Buffer): string {
  return random(SECRET_BYTES).toString("base64url");
}

/** SHA-256, hexadecimal. */
export function secretHash(secret: string): string {
  return hash("sha256", secret);
}

/** Somebody whom an identity provider vouches for. */
export interface Vouched {
  readonly name: string;
  /** What their groups make them; absent, they must be a user already and stay what they are. */
  readonly role?: UserRole | undefined;
}

/**
 * Begins a session of a user whom an identity provider vouches for; `id` is its secret. Where groups say what people may
 * do, the user is made or changed accordingly, never one who is disabled. Throws SW_USER_REFUSED.
 */
export function signIn(
  ledger: Ledger,
  { name, role, id, limits }: Vouched & { id: string; limits: SessionLimits },
): Promise<void> {
  return ledger.change(async (change) => {
    assertUserName(name);
    if (role !== undefined) await followGroups(change, name, role);
    await beginSession(change, { name, id, limits, by: "provider" });
  });
}

/** Makes a code that signs a user in once, within ten minutes. Throws SW_USER_REFUSED. */
export function makeSignInCode(
  ledger: Ledger,
  { name, by, random }: { name: string; by: string; random: (bytes: number) => Buffer },
): Promise<string> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const { role } = await assertUser(change, name);
    // Who makes a code can use it: an admin would be counsel.
    const actor = await assertMay(change, by, role === "counsel" ? "direct" : "administer");
    const code = newSecret(random);
    const expires = new Date(Date.parse(time) + CODE_MS).toISOString();
    const row = { sha256: secretHash(code), user_name: name, expires };
    await tx.insertInto("sign_in_codes").values(row).execute();
    record({ actor, action: "user.code", object: `user:${name}`, details: { expires } });
    return code;
  });
}

/** Begins a session by a code, which is used up; answers whose it is. Throws SW_CODE_REFUSED, SW_USER_REFUSED. */
export function signInByCode(
  ledger: Ledger,
  { code, id, limits }: { code: string; id: string; limits: SessionLimits },
): Promise<string> {
  return ledger.change(async (change) => {
    const { tx, time } = change;
    await tx.deleteFrom("sign_in_codes").where("expires", "<=", time).execute();
    const used = await tx
      .deleteFrom("sign_in_codes")
      .where("sha256", "=", secretHash(code))
      .returning("user_name")
      .executeTakeFirst();
    if (used === undefined) throw new StillwatchError("SW_CODE_REFUSED");
    await beginSession(change, { name: used.user_name, id, limits, by: "code" });
    return used.user_name;
  });
}

/** Ends a session; one that is over already stays so. */
export async function endSession(ledger: Ledger, id: string): Promise<void> {
  await ledger.change(async ({ tx, record }) => {
    const ended = await tx
      .deleteFrom("sessions")
      .where("sha256", "=", secretHash(id))
      .returning("user_name")
      .executeTakeFirst();
    if (ended === undefined) return;
    const user = `user:${ended.user_name}`;
    record({ actor: user, action: "session.ended", object: user });
  });
}

/** All sessions of users who are not disabled; some may be over by their age. */
export function readSessions(ledger: Ledger): Promise<readonly LiveSession[]> {
  return ledger.read((store) =>
    store
      .selectFrom("sessions")
      .innerJoin("users", "users.name", "sessions.user_name")
      .selectAll("sessions")
      .select(["users.name", "users.role"])
      .where("users.disabled", "is", null)
      .execute(),
  );
}

/** Notes when sessions were used last, by their hashes. That is no step of anybody's, so the audit says nothing of it. */
export async function noteSeen(ledger: Ledger, seen: ReadonlyMap<string, string>): Promise<void> {
  await ledger.change(async ({ tx }) => {
    for (const [sha256, time] of seen)
      await tx.updateTable("sessions").set({ seen: time }).where("sha256", "=", sha256).execute();
  });
}

async function beginSession(
  change: Change,
  { name, id, limits, by }: { name: string; id: string; limits: SessionLimits; by: string },
): Promise<void> {
  const { tx, time, record } = change;
  await assertUser(change, name);
  const ago = (ms: number): string => new Date(Date.parse(time) - ms).toISOString();
  await tx.deleteFrom("sessions").where("begun", "<", ago(limits.wholeMs)).execute();
  await tx.deleteFrom("sessions").where("seen", "<", ago(limits.idleMs)).execute();
  const row = { sha256: secretHash(id), user_name: name, begun: time, seen: time };
  await tx.insertInto("sessions").values(row).execute();
  const user = `user:${name}`;
  record({ actor: user, action: "session.begun", object: user, details: { by } });
}

/** Makes a user what their groups say. */
async function followGroups(change: Change, name: string, role: UserRole): Promise<void> {
  const { tx, time, record } = change;
  const user = await tx.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
  if (user?.role === role || (user !== undefined && user.disabled !== null)) return;
  await assertOwnName(change, name);
  await tx
    .insertInto("users")
    .values({ name, role, created: time, disabled: null })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ role }))
    .execute();
  await assertAdmin(change);
  const details = { role, by: "groups" };
  record({ actor: "system:sign-in", action: "user.set", object: `user:${name}`, details });
}

async function assertUser({ tx }: Change, name: string): Promise<UserRow> {
  const user = await tx.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
  const reason = user === undefined ? "is no user" : "is disabled";
  if (user === undefined || user.disabled !== null)
    throw new StillwatchError("SW_USER_REFUSED", { name, reason });
  return user;
}
