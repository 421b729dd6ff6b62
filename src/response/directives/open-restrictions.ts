import { setTimeout as wait } from "node:timers/promises";
import { StillwatchError } from "../../core/errors.ts";
import type { DirectiveStore } from "../../ledger/directives/open-directives.ts";
import { sealRefusals, writeRefusals } from "../../ledger/directives/keep-refusals.ts";
import { readDirectives } from "../../ledger/directives/read-directives.ts";
import { newestRevision, readStatements } from "../../ledger/directives/read-standings.ts";
import { countRefusals, dayOf } from "../../ledger/directives/refusal-counts.ts";
import { openStandings } from "../../ledger/directives/standings.ts";
import type { Asked, Decision, Restrictions } from "../decision-table.ts";
import {
  type DirectiveNotice,
  type Refused,
  type Restriction,
  restrictionOf,
} from "./restriction-of.ts";

/** Directives in memory, kept up to date. */
export interface OpenRestrictions extends Restrictions {
  readonly restrictStale: (asked: Asked) => Decision | undefined;
  /** What is in force, or will be: for gateways and those whom they turn away. */
  notices(): readonly DirectiveNotice[];
  /** Reads what other processes changed, and writes down who was turned away. It does so by itself, too. */
  refresh(): Promise<void>;
  /** Writes down who was turned away, and ends. The store stays open. */
  close(): Promise<void>;
}

/** What they work with. */
export interface RestrictOptions {
  readonly directives: DirectiveStore;
  /** The same by a connection of its own, to write down who was turned away: `directives` then never waits for another's change. */
  readonly writer?: DirectiveStore;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** How long what was read last is believed while the store is out of reach, ms; from then on all that a directive covers is denied. Infinite: always. */
  readonly staleAfterMs: number;
  /** How often the store is looked at, ms; 400 by default: a change by any process counts within a second. */
  readonly everyMs?: number;
  /** Hears when the store can't be read or written, once until it can. What was counted is tried again. */
  readonly onFailure: (error: unknown) => void;
}

const EVERY_MS = 400;
/** A store that has not answered by then is asked again. */
const ANSWER_MS = 5_000;

/**
 * Opens the directives in force for decisions: who is turned away is found in memory, without a query, and counted; asking
 * counts. A day's counts are sealed into the audit when it is over. Throws SW_LEDGER_FAILED where the store can't be read
 * at all.
 */
export async function openRestrictions(options: RestrictOptions): Promise<OpenRestrictions> {
  const { directives: store, now, clock, staleAfterMs, everyMs = EVERY_MS, onFailure } = options;
  const { writer = store } = options;
  const standings = openStandings();
  const refusals = countRefusals();
  let inForce: readonly Restriction[] = [];
  let revision = 0;
  let heardAt = clock();
  let sealedBefore = "";
  let turn = 0;
  /** All that is new holds at once; what comes later than the answer to a later question is dropped. */
  const read = async (): Promise<void> => {
    const mine = ++turn;
    const began = clock();
    const newest = await newestRevision(store);
    if (newest !== revision) {
      const news = await readStatements(store, { after: revision, upTo: newest });
      const all = await readDirectives(store);
      if (mine !== turn) return;
      standings.add(news.attestations, news.holders);
      inForce = all.filter(({ state }) => state === "in_force").map(restrictionOf);
      revision = newest;
    }
    heardAt = Math.max(heardAt, began);
  };
  const write = async (): Promise<void> => {
    const rows = refusals.take();
    try {
      await writeRefusals(writer, rows);
    } catch (error) {
      refusals.putBack(rows);
      throw error;
    }
    const today = dayOf(now().getTime());
    if (today === sealedBefore) return;
    await sealRefusals(writer, today);
    sealedBefore = today;
  };
  await read();
  const [heard, written] = [onceUntilWell(onFailure), onceUntilWell(onFailure)];
  let [reading, writes] = [0, 0];
  const readNow = async (): Promise<boolean> => {
    reading++;
    const isWell = await heard(within(ANSWER_MS, read()));
    reading--;
    return isWell;
  };
  let writing: Promise<unknown> = Promise.resolve();
  /** A change that isn't answered may yet be made: it is waited for, or some would be counted twice. */
  const writeNow = (): Promise<unknown> => {
    writes++;
    writing = writing.then(() => written(write())).then(() => writes--);
    return writing;
  };
  const refresh = async (): Promise<void> => {
    if (await readNow()) await writeNow();
  };
  const timer = setInterval(() => {
    if (reading === 0) void readNow().then((isWell) => isWell && writes === 0 && writeNow());
  }, everyMs).unref();
  const answer = (asked: Asked, stale: boolean): Decision | undefined => {
    if (inForce.length === 0) return undefined;
    const time = now().getTime();
    const question = { asked, holding: standings.holderOf(asked), standings, time };
    let found: Refused | undefined;
    for (const one of inForce) {
      const refused = stale ? one.refuseStale(question) : one.refuse(question);
      if (found === undefined || refused?.decision.action === "deny") found = refused ?? found;
    }
    if (found === undefined) return undefined;
    const { account = "", person = "", model = "" } = asked;
    const { directive, why, decision } = found;
    const action = decision.action === "verify" ? "verify" : "deny";
    refusals.count({ directive, account, person, model, why, action }, time);
    return decision;
  };
  return {
    restrict: (asked) => answer(asked, clock() - heardAt > staleAfterMs),
    restrictStale: (asked) => answer(asked, true),
    notices: () => inForce.map(({ notice }) => notice),
    refresh,
    async close() {
      clearInterval(timer);
      await refresh();
    },
  };
}

/** Waits for work and answers whether it went well; failures are told once until it does. */
function onceUntilWell(
  onFailure: (error: unknown) => void,
): (work: Promise<void>) => Promise<boolean> {
  let failing = false;
  return async (work) => {
    try {
      await work;
      failing = false;
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
    return !failing;
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const answered = new AbortController();
  const late = wait(ms, undefined, { signal: answered.signal, ref: false }).then(() => {
    throw new StillwatchError("SW_LEDGER_FAILED", { reason: `no answer within ${ms} ms` });
  });
  try {
    await Promise.race([work, late]);
  } finally {
    answered.abort();
    late.catch(() => {});
  }
}
