import type { Ledger } from "./open-ledger.ts";
import { type OutboxSwitch, readSwitch } from "./outbox.ts";
import { COMMAND_STATES, type CommandState } from "./command-states.ts";
import { type CommandRow } from "./tables.ts";

/** What was asked of other services, and what came of it. */
export interface OutboxStatus {
  readonly switch: OutboxSwitch;
  /** Commands that count: all but those withdrawn before anybody was asked. */
  readonly asked: number;
  readonly states: Readonly<Record<CommandState, number>>;
  /** Referrals among them, written. */
  readonly referred: number;
  /** What waits longest to be sent or answered for; null where nothing does. */
  readonly oldest: Pick<CommandRow, "command" | "decision" | "state" | "queued"> | null;
  /** Those not applied, by number: the first of them. */
  readonly open: readonly CommandRow[];
}

/** How the outbox stands, for all cases or one; names at most so many commands that are not applied. */
export async function outboxStatus(
  ledger: Ledger,
  most: number,
  caseNumber?: number,
): Promise<OutboxStatus> {
  const { rows, referred, oldest, open } = await ledger.read(async (store) => {
    const all = store.selectFrom("commands");
    const commands = caseNumber === undefined ? all : all.where("case_number", "=", caseNumber);
    return {
      rows: await commands
        .select((of) => ["state", of.fn.countAll<number>().as("n")])
        .groupBy("state")
        .execute(),
      referred: await commands
        .select((of) => of.fn.countAll<number>().as("n"))
        .where("recipient", "!=", "")
        .where("state", "=", "applied")
        .executeTakeFirst(),
      oldest: await commands
        .select(["command", "decision", "state", "queued"])
        .where("state", "in", ["queued", "sent"])
        .orderBy("number")
        .limit(1)
        .executeTakeFirst(),
      open: await commands
        .selectAll()
        .where("state", "in", ["queued", "sent", "refused", "failed"])
        .orderBy("number")
        .limit(most)
        .execute(),
    };
  });
  const states = Object.fromEntries(COMMAND_STATES.map((state) => [state, 0])) as Record<
    CommandState,
    number
  >;
  for (const { state, n } of rows) states[state] = n;
  const asked = rows.reduce((sum, { n }) => sum + n, 0) - states.withdrawn;
  return {
    switch: await readSwitch(ledger),
    asked,
    states,
    referred: referred?.n ?? 0,
    oldest: oldest ?? null,
    open,
  };
}

/** Commands that a service can be asked about: tried, and not known to be applied or refused. */
export function openCommands(ledger: Ledger): Promise<readonly CommandRow[]> {
  return ledger.read((store) =>
    store
      .selectFrom("commands")
      .selectAll()
      .where("recipient", "=", "")
      .where("attempts", ">", 0)
      .where("state", "in", ["queued", "sent", "failed"])
      .orderBy("number")
      .execute(),
  );
}
