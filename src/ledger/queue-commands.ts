import { hash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Role } from "../core/assessment.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import type { Command } from "./command-states.ts";
import type { CommandRow, DecisionRow, LedgerTables, Step } from "./tables.ts";

/** Steps that other services can apply; the others are a gateway's. */
export const COMMANDED_STEPS = ["limit", "verify", "deny"] as const satisfies readonly Step[];
/** One of `COMMANDED_STEPS`. */
export type CommandedStep = (typeof COMMANDED_STEPS)[number];

/** How steps become commands. */
export interface QueueOptions {
  readonly steps: readonly CommandedStep[];
  /** Who is to be asked about each account: "" for the provider's own account service, else who gets a referral. Own alone where it is not named. */
  readonly recipientsOf: (
    accounts: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Steps that one call looks at. */
const MOST = 1_000;

/** A step without a command. */
type NewStep = DecisionRow & { readonly role: Role | null };

/**
 * Makes commands of steps that have none, and lifts of commands whose step holds no more: lifted, run out, or forgotten with
 * its case. A command that was never tried is withdrawn instead; one that was tried is withdrawn and lifted, since nobody
 * knows. Safe to be called by several nodes. Answers whether there may be more.
 */
export async function queueCommands(ledger: Ledger, options: QueueOptions): Promise<boolean> {
  const now = ledger.now().toISOString();
  const { fresh, over } = await ledger.read(async (store) => ({
    fresh: await newSteps(store, options.steps, now),
    over: await withoutStep(store, now),
  }));
  if (fresh.length + over.length === 0) return false;
  const accounts = [...new Set(fresh.map(({ account }) => account))];
  const recipients =
    accounts.length === 0 ? new Map<string, string[]>() : await options.recipientsOf(accounts);
  const wanted = fresh.flatMap((step) =>
    (recipients.get(step.account) ?? [""]).map((recipient) => commandOf(step, recipient)),
  );
  const made = await ledger.change(async (change) => {
    const { tx, time, record } = change;
    const withdrawn = await withdraw(change, over);
    const lifts = over.filter(({ number }) => withdrawn.tried.has(number)).map(liftOf);
    const last = await tx
      .selectFrom("commands")
      .select((of) => of.fn.max("number").as("n"))
      .executeTakeFirst();
    const first = (last?.n ?? 0) + 1;
    const rows = [...lifts, ...wanted].map((row, at): CommandRow => ({
      ...row,
      number: first + at,
      state: "queued",
      queued: time,
      attempts: 0,
      first_sent: null,
      next: time,
      claimed: null,
      settled: null,
      note: "",
    }));
    let count = withdrawn.count;
    for (const some of pieces(rows)) {
      const done = await tx
        .insertInto("commands")
        .values(some)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("number")
        .execute();
      count += done.length;
    }
    if (count === 0) return count;
    const details = { ...counts(rows), withdrawn: withdrawn.count };
    record({ actor: "system:outbox", action: "outbox.queued", object: "outbox", details });
    return count;
  });
  return made > 0 && (fresh.length === MOST || over.length === MOST);
}

/** Withdraws those of the commands that wait; says how many it was, and which of all were ever tried. */
async function withdraw(
  { tx, time }: Change,
  commands: readonly CommandRow[],
): Promise<{ readonly count: number; readonly tried: ReadonlySet<number> }> {
  const tried = new Set<number>();
  let count = 0;
  for (const some of pieces(commands.map(({ number }) => number))) {
    const rows = await tx
      .updateTable("commands")
      .set({ state: "withdrawn", settled: time })
      .where("number", "in", some)
      .where("state", "=", "queued")
      .returning("number")
      .execute();
    count += rows.length;
    const found = await tx
      .selectFrom("commands")
      .select("number")
      .where("number", "in", some)
      .where("attempts", ">", 0)
      .execute();
    for (const { number } of found) tried.add(number);
  }
  return { count, tried };
}

function newSteps(
  store: Kysely<LedgerTables>,
  steps: readonly CommandedStep[],
  now: string,
): Promise<NewStep[]> {
  return store
    .selectFrom("decisions")
    .leftJoin("case_members", (join) =>
      join
        .onRef("case_members.case_number", "=", "decisions.case_number")
        .onRef("case_members.account", "=", "decisions.account"),
    )
    .selectAll("decisions")
    .select("case_members.role")
    .where("decisions.step", "in", [...steps])
    .where("decisions.lifted", "is", null)
    .where("decisions.expires", ">", now)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom("commands")
            .select("commands.number")
            .whereRef("commands.decision", "=", "decisions.number")
            .whereRef("commands.account", "=", "decisions.account"),
        ),
      ),
    )
    .orderBy("decisions.number")
    .orderBy("decisions.account")
    .limit(MOST)
    .execute();
}

/** Commands that may have done something, or still might, and whose step holds no more. */
function withoutStep(store: Kysely<LedgerTables>, now: string): Promise<CommandRow[]> {
  return store
    .selectFrom("commands")
    .selectAll()
    .where("lifts", "is", null)
    .where("state", "in", ["queued", "sent", "applied", "failed"])
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom("decisions")
            .select("decisions.number")
            .whereRef("decisions.number", "=", "commands.decision")
            .whereRef("decisions.account", "=", "commands.account")
            .where("decisions.lifted", "is", null)
            .where("decisions.expires", ">", now),
        ),
      ),
    )
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom("commands as lift")
            .select("lift.number")
            .whereRef("lift.lifts", "=", "commands.number"),
        ),
      ),
    )
    .orderBy("number")
    .limit(MOST)
    .execute();
}

type NewCommand = Omit<
  CommandRow,
  | "number"
  | "state"
  | "queued"
  | "attempts"
  | "first_sent"
  | "next"
  | "claimed"
  | "settled"
  | "note"
>;

function commandOf(step: NewStep, recipient: string): NewCommand {
  const { number: decision, account, case_number, reason_code, expires, made } = step;
  const command = wordFor(step);
  const id = keyOf([String(decision), account, recipient, command, made]);
  return {
    id,
    account,
    recipient,
    command,
    decision,
    case_number,
    reason_code,
    expires,
    lifts: null,
  };
}

function liftOf(command: CommandRow): NewCommand {
  const { number, id, account, recipient, decision, case_number, reason_code, expires } = command;
  return {
    id: keyOf(["lift", id]),
    account,
    recipient,
    command: "lift",
    decision,
    case_number,
    reason_code,
    expires,
    lifts: number,
  };
}

/** A customer whose key was stolen is not suspended: the key is. */
function wordFor({ step, role }: NewStep): Command {
  if (step === "deny") return role === "compromised" ? "rotate_key" : "suspend";
  return step === "limit" ? "limit" : "verify";
}

/** The same for the same parts, also in a ledger that was restored. */
function keyOf(parts: readonly string[]): string {
  return `cmd_${hash("sha256", JSON.stringify(parts)).slice(0, 32)}`;
}

function counts(rows: readonly CommandRow[]): Readonly<Record<string, number>> {
  const by = Map.groupBy(rows, ({ command, recipient }) =>
    recipient === "" ? command : `${command} by ${recipient}`,
  );
  return Object.fromEntries([...by].map(([name, some]) => [name, some.length]));
}
