import { StillwatchError } from "../core/errors.ts";
import { feedHead } from "../ledger/decision-feed.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import {
  claimCommands,
  mayGo,
  readSwitch,
  type Settled,
  settleCommands,
} from "../ledger/outbox.ts";
import { queueCommands } from "../ledger/queue-commands.ts";
import type { CommandRow } from "../ledger/tables.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { AccountService, OutboxSettings } from "./outbox-settings.ts";
import { recipientsOf } from "./recipients-of.ts";
import { reconcileCommands } from "./reconcile-commands.ts";
import { commandBody, sendCommand } from "./send-command.ts";
import { writeReferrals } from "./write-referrals.ts";

/** What the outbox works with. */
export interface OutboxOptions {
  readonly settings: OutboxSettings;
  readonly ledger: Ledger;
  readonly warehouse: Pick<Warehouse, "rows">;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Hears of commands that were given up, and of what fails. */
  readonly onFailure: (error: unknown) => void;
  /** How often it looks, how long an attempt may take, and how long a killed node's commands wait, milliseconds; 1,000, 10,000 and 120,000 by default. */
  readonly lookMs?: number;
  readonly attemptMs?: number;
  readonly claimMs?: number;
}

/** Commands on their way to other services. */
export interface Outbox {
  /** Does what is to be done now. */
  look(): Promise<void>;
  /** Ends after the attempts in hand; what is not applied waits in the ledger. */
  close(): Promise<void>;
}

const LOOK_MS = 1_000;
const CLAIM_MS = 120_000;
const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 3_600_000;
const GIVE_UP_MS = 86_400_000;
/** Steps run out without a word: they are looked for as often. */
const EXPIRY_MS = 60_000;
const BATCH = 32;
/** Accounts of a packet. */
const PACKET = 1_000;
const AT_ONCE = 8;
const ACTOR = "system:outbox";

/**
 * Carries steps of the ledger to the provider's own account service and writes referrals. Each command is tried until it is
 * answered for, with the same id, for a day; that it is tried is in the ledger before it is. Where the outbox is stopped,
 * nothing goes from the next request on.
 */
export function openOutbox(options: OutboxOptions): Outbox {
  return new LedgerOutbox(options);
}

class LedgerOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #ending = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #head = -1;
  #filled = Number.NEGATIVE_INFINITY;
  #asked: number;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#asked = options.now().getTime();
    this.#timer = setInterval(() => void this.look(), options.lookMs ?? LOOK_MS).unref();
  }

  look(): Promise<void> {
    this.#looking ??= this.#work()
      .catch(this.#options.onFailure)
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#looking;
  }

  async #work(): Promise<void> {
    const { settings } = this.#options;
    await this.#fill();
    await this.#send(settings.service);
    await this.#reconcile(settings.service);
    if (settings.referrals !== undefined) await this.#refer(settings.referrals);
  }

  /** Makes commands of what changed, and of what ran out. */
  async #fill(): Promise<void> {
    const { ledger, settings, warehouse, now } = this.#options;
    const head = await feedHead(ledger);
    if (head === this.#head && now().getTime() - this.#filled < EXPIRY_MS) return;
    const { steps } = settings;
    const recipients = (accounts: readonly string[]) => recipientsOf(accounts, warehouse, settings);
    while (await queueCommands(ledger, { steps, recipientsOf: recipients })) {
      if (this.#ending.signal.aborted) return;
    }
    this.#head = head;
    this.#filled = now().getTime();
  }

  async #send(service: AccountService): Promise<void> {
    const { ledger } = this.#options;
    while (!this.#ending.signal.aborted) {
      const commands = await this.#claim(true);
      if (commands.length === 0) return;
      const results: Settled[] = [];
      // Nothing goes before the lifts have gone.
      for (const some of [commands.filter(isLift), commands.filter((row) => !isLift(row))]) {
        const waiting = [...some];
        const one = async (): Promise<void> => {
          for (let row = waiting.shift(); row !== undefined; row = waiting.shift())
            results.push(await this.#attempt(row, service));
        };
        await Promise.all(Array.from({ length: AT_ONCE }, one));
      }
      await settleCommands(ledger, results, ACTOR);
      // A step that was taken back meanwhile overtakes those that wait.
      await this.#fill();
    }
  }

  async #claim(own: boolean): Promise<readonly CommandRow[]> {
    const { ledger, claimMs = CLAIM_MS } = this.#options;
    const { stopped, liftsGo } = await readSwitch(ledger);
    if (stopped !== null && !liftsGo) return [];
    if (!(await hasDue(ledger, own))) return [];
    const only = stopped === null ? undefined : ("lift" as const);
    return claimCommands(ledger, { own, most: own ? BATCH : PACKET, claimMs, only });
  }

  async #attempt(row: CommandRow, service: AccountService): Promise<Settled> {
    const { ledger, now, random, attemptMs, onFailure } = this.#options;
    const { signal } = this.#ending;
    const { number, id } = row;
    const time = now().toISOString();
    const later = (note: string): Settled => ({ number, state: "queued", next: time, note });
    if (signal.aborted) return later("the server was ended");
    if (!mayGo(await readSwitch(ledger), row)) return later("the outbox is stopped");
    const body = commandBody(row, await idOf(ledger, row.lifts));
    const answer = await sendCommand({ id, body }, { service, now: now(), signal, attemptMs });
    if (answer.state === "refused") return { number, state: "refused", note: answer.reason };
    if (answer.state !== "again") return { number, state: answer.state, note: "" };
    if (signal.aborted) return later(answer.reason);
    const patience = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (row.attempts - 1));
    // Half of it by chance, so that nodes that failed together don't come back together.
    const wait = Math.max(
      patience * (0.5 + random() / 2),
      Math.min(answer.waitMs ?? 0, MOST_WAIT_MS),
    );
    const next = now().getTime() + wait;
    const { reason } = answer;
    if (next - Date.parse(row.first_sent ?? time) <= GIVE_UP_MS)
      return { number, state: "queued", next: new Date(next).toISOString(), note: reason };
    const { command, account } = row;
    onFailure(new StillwatchError("SW_COMMAND_FAILED", { command, account, reason }));
    return { number, state: "failed", note: reason };
  }

  async #reconcile(service: AccountService): Promise<void> {
    const { ledger, settings, now, attemptMs } = this.#options;
    if (now().getTime() - this.#asked < settings.reconcileMinutes * 60_000) return;
    this.#asked = now().getTime();
    if ((await readSwitch(ledger)).stopped !== null) return;
    const { signal } = this.#ending;
    await reconcileCommands(ledger, { service, now: now(), signal, attemptMs }, ACTOR);
  }

  async #refer(referrals: NonNullable<OutboxSettings["referrals"]>): Promise<void> {
    const { ledger, warehouse } = this.#options;
    while (!this.#ending.signal.aborted) {
      const commands = await this.#claim(false);
      if (commands.length === 0) return;
      const written = await writeReferrals(commands, { ledger, warehouse, referrals });
      await settleCommands(ledger, written.settled, ACTOR, written.entries);
    }
  }
}

function isLift({ command }: CommandRow): boolean {
  return command === "lift";
}

/** Whether there may be something to claim: claiming takes the ledger's lock. */
async function hasDue(ledger: Ledger, own: boolean): Promise<boolean> {
  const now = ledger.now().toISOString();
  const row = await ledger.read((store) =>
    store
      .selectFrom("commands")
      .select("number")
      .where("state", "=", "queued")
      .where("recipient", own ? "=" : "!=", "")
      .where("next", "<=", now)
      .where((of) => of.or([of("claimed", "is", null), of("claimed", "<=", now)]))
      .limit(1)
      .executeTakeFirst(),
  );
  return row !== undefined;
}

async function idOf(ledger: Ledger, number: number | null): Promise<string | null> {
  if (number === null) return null;
  const row = await ledger.read((store) =>
    store.selectFrom("commands").select("id").where("number", "=", number).executeTakeFirst(),
  );
  return row?.id ?? null;
}
