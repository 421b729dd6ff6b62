import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StillwatchError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import { forgetOld } from "../ingest/forget-old.ts";
import { credentialHash } from "../ingest/credential-hash.ts";
import { loadSecret } from "../ingest/installation-secret.ts";
import { type IntakeState, openIntake } from "../ingest/open-intake.ts";
import { openSpool } from "../ingest/spool.ts";
import { openLedger } from "../ledger/open-ledger.ts";
import { openOutbox } from "../response/open-outbox.ts";
import type { OutboxSettings } from "../response/outbox-settings.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import type { SetAsidePart } from "../warehouse/set-aside-parts.ts";
import { type BodyLimits, makeBodyRoom } from "./body-room.ts";
import { type GateLimits, intakeGate } from "./intake-gate.ts";
import { intakeRoutes } from "./intake-routes.ts";
import { groupsRoute } from "./groups-route.ts";
import { agreementRoutes } from "./agreement-routes.ts";
import { keepAgreements } from "./keep-agreements.ts";
import { keepCases } from "./keep-cases.ts";
import { keepKeys } from "./keep-keys.ts";
import { type JudgeThreadOptions, openJudgeThread } from "./judge-thread.ts";
import type { Clock, OnAssessments } from "./open-clock.ts";
import { openJudgeLease } from "./open-judge-lease.ts";
import { openServer } from "./open-server.ts";
import { withOpenApi } from "./open-api.ts";
import { openPeople } from "./open-people.ts";
import { type DecisionServing, serveDecisions } from "./serve-decisions.ts";
import { serveDirectives } from "./serve-directives.ts";
import type { SignInSettings } from "./sign-in-settings.ts";
import { tellBrokenGlass } from "./tell-broken-glass.ts";
import { tokenRates } from "./token-rates.ts";
import { openWatch, type Watch, type WatchOptions } from "./open-watch.ts";
import { openTokenBook } from "./tokens.ts";

/** What `serve` is asked to do. */
export interface ServeOptions
  extends
    GateLimits,
    Partial<BodyLimits>,
    Pick<WatchOptions, "alerting" | "tracing">,
    Pick<DecisionServing, "staleAfterSeconds"> {
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Of a PostgreSQL ledger that several nodes share; absent: the folder's own. */
  readonly ledgerUrl?: string | undefined;
  /** See `JudgeLeaseOptions.ttlMs`. */
  readonly leaseMs?: number;
  /** 0 keeps no text. */
  readonly keepTextDays: number;
  /** How many days of exchanges stay, and what is known of their accounts; all where absent. */
  readonly keepDays?: number | undefined;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** How the traffic is judged as it comes in, and how long an exchange may be on its way. Absent: it is not judged. */
  readonly judging?: Omit<
    JudgeThreadOptions,
    "engine" | "secret" | "now" | "agreements" | "mayJudge" | "onFailure"
  >;
  /** The identity provider by which people sign in; absent: by codes alone. */
  readonly signIn?: SignInSettings | undefined;
  /** What becomes of steps outside of the gateway; absent: nothing. */
  readonly commands?: OutboxSettings | undefined;
  /** See `IntakeOptions` and `ServerOptions`. */
  readonly proxies?: readonly string[] | undefined;
  readonly gatherMs?: number;
  readonly requestMs?: number;
  /** Hears of what an operator should know, with an error where there is one. Never of what was sent. */
  readonly onNotice: (notice: Notice, error?: unknown) => void;
}

/** What an operator should know. */
export type Notice = "stuck" | "freed" | "failure";

/** A running server. */
export interface Serving {
  readonly url: string;
  state(): IntakeState;
  /** Lets other settings of alerts hold from now on, where it was started with some. */
  useAlerting: Watch["useAlerting"];
  /** Undefined where traffic is not judged. */
  readonly judge: Clock | undefined;
  /** Takes no more, brings what was taken into the warehouse, and ends. */
  close(): Promise<IntakeState>;
}

const BODY_LIMITS: BodyLimits = { bodyBytes: 128_000_000, heldBytes: 256_000_000 };
/** A killed server's warehouse process ends a moment after it; until then the folder is locked. */
const LOCK_MS = 10_000;
const HOUR_MS = 3_600_000;

/**
 * Opens a data folder and takes traffic for it over HTTP. What an interrupted run left is taken up first.
 * Throws SW_TOKEN_FIRST, SW_DATA_LOCKED, SW_DATA_UNUSABLE, SW_LISTEN_FAILED and the errors of warehouse and ledger.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { dataDir, host, port, ledgerUrl, now, onNotice } = options;
  const onFailure = (error: unknown): void => onNotice("failure", error);
  const held: { close(): Promise<void> }[] = [];
  try {
    const ledger = await openLedger({ dataDir, url: ledgerUrl, now });
    held.unshift(ledger);
    const tokens = await openTokenBook(ledger, onFailure);
    held.unshift(tokens);
    if ((!isLoopback(host) || options.proxies !== undefined) && !tokens.any())
      throw new StillwatchError("SW_TOKEN_FIRST", { address: `${host}:${port}`, data: dataDir });
    const warehouse = await openWhenFree(options);
    held.push(warehouse);
    const directives = await serveDirectives({ ...options, onFailure });
    held.unshift(directives);
    const { restrictions } = directives;
    const secret = await loadSecret(dataDir);
    const keyHash = credentialHash(secret);
    const decisions = await serveDecisions({ ...options, restrictions, keyHash, onFailure });
    held.unshift(decisions);
    const spool = await openSpool(dataDir);
    const forgetting = await startForgetting(warehouse, options);
    const { judging } = options;
    const watch = openWatch({
      ...options,
      warehouse,
      intake: { state: () => intake.state() },
      judge: () => judge?.state(),
      ledger,
      decisions: () => decisions.state(),
      onFailure,
    });
    const { alerts } = watch;
    if (alerts !== undefined) held.unshift(await tellBrokenGlass({ ledger, alerts, onFailure }));
    const intake = openIntake({
      ...options,
      warehouse,
      spool,
      secret,
      onLoaded: (done, began) => watch.loaded(done, began),
      onStuck: (error) => onNotice("stuck", error),
      onFreed: () => onNotice("freed"),
    });
    const holder = `${hostname()}:${resolve(dataDir)}`;
    const lease =
      judging && ledgerUrl !== undefined
        ? openJudgeLease({ ...options, ttlMs: options.leaseMs, ledger, holder, onFailure })
        : undefined;
    if (options.commands !== undefined) {
      const { commands: settings } = options;
      const random = Math.random;
      held.unshift(openOutbox({ settings, ledger, warehouse, now, random, onFailure }));
    }
    const cases = keepCases({ ledger, warehouse, secret, onFailure });
    const keys = keepKeys({ ledger, from: { warehouse, secret }, onFailure });
    decisions.listen((accounts) => {
      // Of nodes that share a ledger, the one that judges has the traffic.
      if (ledgerUrl === undefined || lease?.held() !== undefined) keys.decided(accounts);
    });
    const agreements = await keepAgreements({ ledger, warehouse, now, onFailure });
    const onAssessments: OnAssessments = (result, closedTick) => {
      const right = lease?.held();
      if (lease !== undefined && right === undefined) return;
      watch.assessed(result, closedTick);
      cases.assessed(result.groups, right);
      agreements.assessed();
      keys.assessed();
      judging?.onAssessments?.(result, closedTick);
    };
    const mayJudge = lease?.mayJudge;
    const judge =
      judging &&
      openJudgeThread({
        ...judging,
        engine: warehouse.engine!,
        secret,
        now,
        ...(mayJudge && { mayJudge }),
        agreements: () => agreements.held(),
        onAssessments,
        onFailure,
      });
    const routes = intakeRoutes({
      intake,
      gate: intakeGate(intake, dataDir, options),
      rates: tokenRates(options.clock),
      room: makeBodyRoom({ ...BODY_LIMITS, ...options }),
      warehouse,
      secret,
      now,
      judge,
    });
    const close = async (): Promise<IntakeState> => {
      clearInterval(forgetting);
      await judge?.close();
      await cases.close();
      await keys.close();
      await lease?.close();
      await agreements.close();
      await intake.close();
      await watch.close();
      await closeAll(held);
      return intake.state();
    };
    const onTokens = (): Promise<void> => tokens.refresh();
    const people = await openPeople({
      ...options,
      ledger,
      random: randomBytes,
      onTokens,
      onFailure,
    });
    held.unshift(people);
    const judged = judge === undefined ? [] : [groupsRoute(judge)];
    const register = agreementRoutes(ledger, () => agreements.refresh());
    const ordered = directives.routes({ traffic: { warehouse, secret }, ledger });
    const others = [...register, ...judged, ...people.routes, ...ordered];
    const watched = watch.routes([...routes, ...others]);
    // Asked thousands of times a second: they are counted by what they answer, and not traced. The reference of all routes
    // is made from scripts/docs/every-route.ts; a test compares the two.
    const all = withOpenApi([...watched, ...decisions.routes]);
    const doors = { ...people.doors, tokens, host };
    const server = await openServer({ ...options, ...doors, routes: all, onFailure }).catch(
      async (error: unknown) => {
        await close();
        throw error;
      },
    );
    let closing: Promise<IntakeState> | undefined;
    return {
      url: server.url,
      state: () => intake.state(),
      useAlerting: (settings) => watch.useAlerting(settings),
      judge,
      close: () => (closing ??= server.close().then(close)),
    };
  } catch (error) {
    await closeAll(held);
    throw error;
  }
}

/** Each once, whoever asks. */
async function closeAll(held: { close(): Promise<void> }[]): Promise<void> {
  for (const one of held.splice(0)) await one.close();
}

async function openWhenFree({ dataDir, clock, onNotice }: ServeOptions): Promise<Warehouse> {
  const onAside = (aside: readonly SetAsidePart[]): void => {
    const parts = aside.map(({ table, part }) => `${table} ${part}`).join(", ");
    onNotice("failure", new StillwatchError("SW_PARTS_ASIDE", { parts, path: dataDir }));
  };
  const until = clock() + LOCK_MS;
  for (;;) {
    try {
      return await openWarehouse({ dataDir, onAside });
    } catch (error) {
      const locked = error instanceof StillwatchError && error.code === "SW_DATA_LOCKED";
      if (!locked || clock() > until) throw error;
      await wait(100);
    }
  }
}

/** Forgets what is older than is kept, now and every hour. */
async function startForgetting(
  warehouse: Warehouse,
  { now, keepDays, onNotice }: ServeOptions,
): Promise<NodeJS.Timeout> {
  const forget = (): Promise<void> => forgetOld(warehouse, { now: now(), keepDays });
  await forget();
  return setInterval(() => {
    forget().catch((error: unknown) => onNotice("failure", error));
  }, HOUR_MS).unref();
}
