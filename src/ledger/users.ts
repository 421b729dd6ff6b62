import { StillwatchError } from "../core/errors.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type { UserRole, UserRow } from "./tables.ts";

/** What can be done, and who may. `admin` may do all but what is `COUNSELS_ALONE`. */
const MAY = {
  look: ["viewer", "analyst", "reviewer", "responder", "counsel"],
  review: ["analyst", "reviewer"],
  judge: ["reviewer"],
  act: ["responder"],
  approve: ["reviewer", "responder"],
  policy: ["counsel"],
  comment: ["analyst", "reviewer", "responder", "counsel"],
  audit: ["reviewer", "counsel"],
  reveal: ["analyst", "reviewer", "counsel"],
  hold: ["counsel"],
  forget: ["counsel"],
  direct: ["counsel"],
  agree: ["counsel"],
  administer: [],
} as const satisfies Readonly<Record<string, readonly UserRole[]>>;

/** Something that one may be allowed to do. */
export type Right = keyof typeof MAY;

/** What an admin may not: directives bind the admin, too. */
const COUNSELS_ALONE: ReadonlySet<Right> = new Set(["direct"]);

/** Whether a role has a right. */
export function roleMay(role: UserRole, right: Right): boolean {
  return rolesWith(right).includes(role);
}

function rolesWith(right: Right): readonly UserRole[] {
  return COUNSELS_ALONE.has(right) ? MAY[right] : [...MAY[right], "admin"];
}

/** What a person's name may look like: it goes into every row of the audit that the person is the reason for. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,99}$/u;

/** Scripts whose letters pass for one another's. */
const ALIKE = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** Checks that a text can be a person's name. Throws SW_USER_REFUSED. */
export function assertUserName(name: string): void {
  if (!NAME.test(name)) throw refused(name, "is no name");
}

/**
 * Checks that a name is a user's, or can become one's: whoever reads it can tell it from the others. A person who goes by
 * two spellings could approve what the other proposed. Throws SW_USER_REFUSED.
 */
export async function assertOwnName({ tx }: Change, name: string): Promise<void> {
  const users = await tx.selectFrom("users").select("name").execute();
  if (users.some((user) => user.name === name)) return;
  const mixed = ALIKE.filter((script) => script.test(name)).length > 1;
  if (mixed || name.normalize("NFKC") !== name)
    throw refused(name, "can be taken for another name");
  const fold = (text: string): string => text.toUpperCase().toLowerCase();
  const other = users.find((user) => fold(user.name) === fold(name));
  if (other !== undefined) throw refused(name, `can be taken for ${other.name}, who is a user`);
}

/**
 * The actor's name in the audit. Until the first user is made, whoever has the ledger may do all under any name; from then
 * on the name must be a user's, not disabled, whose role has the right. Throws SW_USER_REFUSED.
 */
export async function assertMay({ tx }: Change, name: string, right: Right): Promise<string> {
  assertUserName(name);
  const users = await tx
    .selectFrom("users")
    .select((of) => of.fn.countAll<number>().as("n"))
    .executeTakeFirst();
  if ((users?.n ?? 0) === 0) return `user:${name}`;
  const user = await tx.selectFrom("users").selectAll().where("name", "=", name).executeTakeFirst();
  if (user === undefined) throw refused(name, "is no user");
  if (user.disabled !== null) throw refused(name, "is disabled");
  if (!roleMay(user.role, right)) {
    const least = rolesWith(right)
      .join(", ")
      .replace(/, (\w+)$/, " or $1");
    throw refused(name, `is ${user.role}, and this takes ${least}`);
  }
  return `user:${name}`;
}

/** Makes a user, or changes what one may. The first must be an admin, or nobody could make the next. Throws SW_USER_REFUSED. */
export async function setUser(
  ledger: Ledger,
  { name, role, by }: { name: string; role: UserRole; by: string },
): Promise<void> {
  await ledger.change(async (change) => {
    // Once there is a counsel, who else is one is not the admin's to say: an admin could name himself.
    const hadCounsel = await hasCounsel(change);
    const right = role === "counsel" && hadCounsel ? "direct" : "administer";
    const actor = await assertMay(change, by, right);
    assertUserName(name);
    await assertOwnName(change, name);
    const { tx, time, record } = change;
    const row: UserRow = { name, role, created: time, disabled: null };
    await tx
      .insertInto("users")
      .values(row)
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ role, disabled: null }))
      .execute();
    await assertAdmin(change);
    await assertCounsel(change, hadCounsel);
    record({ actor, action: "user.set", object: `user:${name}`, details: { role } });
  });
}

/** Disables a user, not the last admin or counsel. Throws SW_USER_REFUSED. */
export async function disableUser(
  ledger: Ledger,
  { name, by }: { name: string; by: string },
): Promise<void> {
  await ledger.change(async (change) => {
    const actor = await assertMay(change, by, "administer");
    const { tx, time, record } = change;
    const hadCounsel = await hasCounsel(change);
    const found = await tx
      .updateTable("users")
      .set({ disabled: time })
      .where("name", "=", name)
      .where("disabled", "is", null)
      .returning("name")
      .executeTakeFirst();
    if (found === undefined) throw refused(name, "is no user, or disabled already");
    await tx.deleteFrom("sessions").where("user_name", "=", name).execute();
    await tx.deleteFrom("sign_in_codes").where("user_name", "=", name).execute();
    await assertAdmin(change);
    await assertCounsel(change, hadCounsel);
    record({ actor, action: "user.disabled", object: `user:${name}` });
  });
}

/** All users by name. */
export function readUsers(ledger: Ledger): Promise<readonly UserRow[]> {
  return ledger.read((store) => store.selectFrom("users").selectAll().orderBy("name").execute());
}

async function hasCounsel({ tx }: Change): Promise<boolean> {
  const counsel = await tx
    .selectFrom("users")
    .select("name")
    .where("role", "=", "counsel")
    .where("disabled", "is", null)
    .executeTakeFirst();
  return counsel !== undefined;
}

/** Checks that where there was a counsel one is left: an admin could take the last one's place. */
async function assertCounsel(change: Change, before: boolean): Promise<void> {
  if (before && !(await hasCounsel(change))) throw refused("There", "must be a counsel left");
}

/** Checks that an admin is left. Throws SW_USER_REFUSED. */
export async function assertAdmin({ tx }: Change): Promise<void> {
  const admin = await tx
    .selectFrom("users")
    .select("name")
    .where("role", "=", "admin")
    .where("disabled", "is", null)
    .executeTakeFirst();
  if (admin === undefined)
    throw new StillwatchError("SW_USER_REFUSED", {
      name: "There",
      reason: "must be an admin left",
    });
}

function refused(name: string, reason: string): StillwatchError {
  return new StillwatchError("SW_USER_REFUSED", { name, reason });
}
