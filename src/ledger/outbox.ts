import type { AuditEntry } from "./audit-chain.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type { CommandState } from "./command-states.ts";
import type { CommandRow } from "./tables.ts";
import { assertMay } from "./users.ts";

/** Whether commands may be sent. */
export interface OutboxSwitch {
  /** Since when none may, ISO 8601; null where they may. */
  readonly stopped: string | null;
  readonly stoppedBy: string;
  /** Whether lifts may nevertheless. */
  readonly liftsGo: boolean;
}

/** What came of a try. */
export interface Settled {
  readonly number: number;
  /** `queued`: it is to be tried again, from `next` on. */
  readonly state: Exclude<CommandState, "withdrawn">;
  /** ISO 8601. */
  readonly next?: string;
  readonly note: string;
}

const SWITCH = "outbox";

/** Reads the switch. */
export async function readSwitch(ledger: Ledger): Promise<OutboxSwitch> {
  const row = await ledger.read((store) =>
    store.selectFrom("outbox_switch").selectAll().where("name", "=", SWITCH).executeTakeFirst(),
  );
  const { stopped = null, stopped_by = "", lifts_go = 0 } = row ?? {};
  return { stopped, stoppedBy: stopped_by, liftsGo: lifts_go === 1 };
}

/** Stops sending, on all nodes; with `liftsGo` lifts go on. Or lets all go again. Throws SW_USER_REFUSED. */
export async function setSwitch(
  ledger: Ledger,
  wanted: {
    readonly stop: boolean;
    readonly liftsGo: boolean;
    readonly by: string;
    readonly reason: string;
  },
): Promise<void> {
  const { stop, liftsGo, by, reason } = wanted;
  await ledger.change(async (change) => {
    const actor = await assertMay(change, by, "act");
    const { tx, time, record } = change;
    const facts = { stopped: stop ? time : null, stopped_by: by, lifts_go: liftsGo ? 1 : 0 };
    await tx
      .insertInto("outbox_switch")
      .values({ name: SWITCH, ...facts })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(facts))
      .execute();
    const action = stop ? "outbox.stopped" : "outbox.released";
    record({ actor, action, object: "outbox", details: { reason, lifts_go: liftsGo } });
  });
}

/** Whether a command may go now. */
export function mayGo(
  { stopped, liftsGo }: OutboxSwitch,
  { command }: Pick<CommandRow, "command">,
): boolean {
  return stopped === null || (liftsGo && command === "lift");
}

/**
 * Takes commands of a kind of recipient in hand that can be tried now, one an account and recipient: lifts before all others,
 * otherwise in the order of their numbers, and none of an account that another node has in hand. That they are tried is
 * durable before they are, so that what was perhaps sent is never taken for unsent.
 */
export function claimCommands(
  ledger: Ledger,
  {
    own,
    most,
    claimMs,
    only,
  }: { own: boolean; most: number; claimMs: number; only?: "lift" | undefined },
): Promise<readonly CommandRow[]> {
  return ledger.change(async ({ tx, time }) => {
    let query = tx
      .selectFrom("commands as c")
      .selectAll()
      .where("c.state", "=", "queued")
      .where("c.recipient", own ? "=" : "!=", "")
      .where("c.next", "<=", time)
      .where((of) =>
        of.not(
          of.exists(
            of
              .selectFrom("commands as held")
              .select("held.number")
              .whereRef("held.account", "=", "c.account")
              .whereRef("held.recipient", "=", "c.recipient")
              .where("held.claimed", ">", time),
          ),
        ),
      )
      .where((of) =>
        of.not(
          of.exists(
            of
              .selectFrom("commands as first")
              .select("first.number")
              .whereRef("first.account", "=", "c.account")
              .whereRef("first.recipient", "=", "c.recipient")
              .where("first.state", "=", "queued")
              .where((at) =>
                at.or([
                  at.and([at("first.command", "=", "lift"), at("c.command", "!=", "lift")]),
                  at.and([
                    at("first.number", "<", at.ref("c.number")),
                    at.or([at("first.command", "=", "lift"), at("c.command", "!=", "lift")]),
                  ]),
                ]),
              ),
          ),
        ),
      );
    if (only !== undefined) query = query.where("c.command", "=", only);
    const rows = await query
      .orderBy((of) => of.case().when("c.command", "=", "lift").then(0).else(1).end())
      .orderBy("c.number")
      .limit(most)
      .execute();
    const claimed = new Date(Date.parse(time) + claimMs).toISOString();
    for (const { number, first_sent } of rows) {
      await tx
        .updateTable("commands")
        .set((of) => ({
          claimed,
          attempts: of("attempts", "+", 1),
          first_sent: first_sent ?? time,
        }))
        .where("number", "=", number)
        .execute();
    }
    return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
  });
}

/**
 * Notes what came of tries, or what a service says of commands; one that was withdrawn meanwhile stays so. Answers how many
 * changed. The audit has one row of all, that names what was not applied, and those of `also`.
 */
export function settleCommands(
  ledger: Ledger,
  results: readonly Settled[],
  by: string,
  also: readonly AuditEntry[] = [],
): Promise<number> {
  if (results.length === 0) return Promise.resolve(0);
  return ledger.change(async (change) => {
    let changed = 0;
    for (const result of results) changed += await settle(change, result);
    const named = (state: CommandState): readonly number[] =>
      results.filter((one) => one.state === state).map(({ number }) => number);
    const count = (state: CommandState): number => named(state).length;
    const details = {
      applied: count("applied"),
      sent: count("sent"),
      again: count("queued"),
      refused: named("refused"),
      failed: named("failed"),
    };
    for (const entry of also) change.record(entry);
    if (changed > 0)
      change.record({ actor: by, action: "outbox.settled", object: "outbox", details });
    return changed;
  });
}

async function settle(
  { tx, time }: Change,
  { number, state, next, note }: Settled,
): Promise<number> {
  await tx.updateTable("commands").set({ claimed: null }).where("number", "=", number).execute();
  const settled = state === "queued" || state === "sent" ? null : time;
  const done = await tx
    .updateTable("commands")
    .set({ state, note, settled, ...(next === undefined ? {} : { next }) })
    .where("number", "=", number)
    .where("state", "!=", "withdrawn")
    .where((of) => of.or([of("state", "!=", state), of("state", "=", "queued")]))
    .returning("number")
    .execute();
  return done.length;
}
