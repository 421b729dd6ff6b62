import type { DirectiveStore } from "../../ledger/directives/open-directives.ts";
import { sealRefusals, writeRefusals } from "../../ledger/directives/keep-refusals.ts";
import { readDirectives } from "../../ledger/directives/read-directives.ts";
import { addStatements, newestRevision } from "../../ledger/directives/read-standings.ts";
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

/**
 * Opens the directives in force for decisions: who is turned away is found in memory, without a query, and counted; asking
 * counts. A day's counts are sealed into the audit when it is over. Throws SW_LEDGER_FAILED where the store can't be read
 * at all.
 */
export async function openRestrictions(options: RestrictOptions): Promise<OpenRestrictions> {
  const { directives: store, now, clock, staleAfterMs, everyMs = EVERY_MS, onFailure } = options;
  const standings = openStandings();
  const refusals = countRefusals();
  let inForce: readonly Restriction[] = [];
  let revision = 0;
  let heardAt = clock();
  let sealedBefore = "";
  const read = async (): Promise<void> => {
    const began = clock();
    const newest = await newestRevision(store);
    if (newest !== revision) await readUpTo(newest);
    heardAt = began;
  };
  const readUpTo = async (newest: number): Promise<void> => {
    await addStatements(store, standings, { after: revision, upTo: newest });
    const all = await readDirectives(store);
    inForce = all.filter(({ state }) => state === "in_force").map(restrictionOf);
    revision = newest;
  };
  const write = async (): Promise<void> => {
    const rows = refusals.take();
    try {
      await writeRefusals(store, rows);
    } catch (error) {
      refusals.putBack(rows);
      throw error;
    }
    const today = dayOf(now().getTime());
    if (today === sealedBefore) return;
    await sealRefusals(store, today);
    sealedBefore = today;
  };
  await read();
  let failing = false;
  const work = async (): Promise<void> => {
    try {
      await read();
      await write();
      failing = false;
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
  };
  let working: Promise<void> = Promise.resolve();
  let waiting = 0;
  const refresh = (): Promise<void> => {
    waiting++;
    working = working.then(work).then(() => void waiting--);
    return working;
  };
  const timer = setInterval(() => {
    if (waiting === 0) void refresh();
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
