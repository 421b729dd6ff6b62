import type { ScanResult } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";
import type { BrokenGlass } from "../ledger/review/broken-glass.ts";
import { type Alert, isAtLeast, joined } from "./alert.ts";
import { alertMessage, MOST_IN_MESSAGE } from "./alert-message.ts";
import type { AlertSettings, Webhook } from "./alert-settings.ts";
import type { AlertBook, AlertStore, OutboxMessage } from "./alert-store.ts";
import { alertsOf } from "./alerts-of.ts";
import { glassAlert } from "./glass-alert.ts";
import { type FieldShare, lostFields } from "./lost-fields.ts";
import { isQuiet } from "./quiet-hours.ts";
import { type Attempt, sendWebhook } from "./send-webhook.ts";

/** What alerts work with. */
export interface AlertsOptions {
  readonly settings: AlertSettings;
  readonly store: AlertStore;
  readonly now: () => Date;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Hears of a message that was given up, and of a store that fails. */
  readonly onFailure: (error: unknown) => void;
  /** How often what waits is looked at, and how long an attempt may take, milliseconds; 1,000 and 10,000 by default. */
  readonly lookMs?: number;
  readonly attemptMs?: number;
}

/** What a judge says at the end of a tick. */
export interface Tick {
  readonly result: ScanResult;
  /** End of the tick, ISO 8601, in the traffic's time. */
  readonly time: string;
  /** What of the tick's traffic carries which field; empty where it was not measured. */
  readonly fields: readonly FieldShare[];
}

/** How alerts go. */
export interface AlertsState {
  /** Alerts that wait for others or for the end of quiet hours. */
  readonly waiting: number;
  /** Messages not yet delivered, one a webhook, and since when the oldest of them waits (ISO 8601). */
  readonly outbox: number;
  readonly oldest: string | null;
  readonly delivered: number;
  readonly givenUp: number;
  /** The last 100 messages that were given up. */
  readonly dead: AlertBook["dead"];
  /** Fields that are missing from the traffic now, as `platform field`. */
  readonly lostFields: readonly string[];
}

/** Alerts on their way out. */
export interface Alerts {
  /** Tells what is new in a tick later than all that were heard. When it returns, that is durable, and is delivered whatever happens. */
  hear(tick: Tick): void;
  /** Up to which row of the ledger's audit it was told who broke glass; null before the first time. */
  glassRead(): number | null;
  /** Tells who broke glass, by the audit up to a row: at once and each alone, in quiet hours too. As durable as what is heard. */
  tellGlass(broken: readonly BrokenGlass[], upTo: number): void;
  state(): AlertsState;
  /** Ends; what is not delivered waits for the next start. */
  close(): Promise<void>;
}

const LOOK_MS = 1_000;
const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 3_600_000;
const GIVE_UP_MS = 86_400_000;
const MOST_DEAD = 100;
const MINUTE_MS = 60_000;

/**
 * Opens alerts. What was told and what is to be delivered are one book, written in one piece, so that a kill at any
 * moment neither loses an alert nor makes it twice; a receiver may get one again with the same id, where the server
 * was killed before it had noted the answer. Throws SW_DATA_UNUSABLE.
 */
export function openAlerts(options: AlertsOptions): Alerts {
  const { settings, store, now, onFailure, lookMs = LOOK_MS } = options;
  const ending = new AbortController();
  let book = store.read();
  const keep = (next: AlertBook): void => {
    store.write(next);
    book = next;
  };
  const deliver = async (webhook: Webhook | undefined, message: OutboxMessage): Promise<void> => {
    const { signal } = ending;
    const { attemptMs } = options;
    const more = attemptMs === undefined ? {} : { attemptMs };
    const attempt: Attempt =
      webhook === undefined
        ? { reason: "no webhook of that name is configured any more", gone: true }
        : await sendWebhook(message, { webhook, now: now(), signal, ...more });
    if (signal.aborted && attempt.reason !== undefined) return;
    const before = book.given_up;
    keep(afterAttempt(book, message, { attempt, now: now(), random: options.random }));
    if (book.given_up === before) return;
    const { webhook: name, id } = message;
    const reason = attempt.reason ?? "";
    onFailure(new StillwatchError("SW_ALERT_UNDELIVERED", { webhook: name, id, reason }));
  };
  const look = async (): Promise<void> => {
    const bundled = bundle(book, settings, now());
    if (bundled !== book) keep(bundled);
    const due = book.outbox.filter(({ next }) => Date.parse(next) <= now().getTime());
    // Messages to one webhook go one after the other; a webhook that hangs or fails holds up no other, and all end
    // before the next look: what is on its way isn't sent twice.
    const ends = await Promise.allSettled(
      [...Map.groupBy(due, ({ webhook }) => webhook)].map(async ([name, messages]) => {
        const webhook = settings.webhooks.find((one) => one.name === name);
        for (const message of messages) {
          if (!ending.signal.aborted) await deliver(webhook, message);
        }
      }),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch(onFailure)
      .finally(() => {
        looking = undefined;
      });
  }, lookMs);
  return {
    hear(tick) {
      // A judge that was started anew may come by ticks that were heard.
      if (tick.time > book.heard) keep(heard(book, tick, { settings, now: now() }));
    },
    glassRead: () => book.glass,
    tellGlass(broken, upTo) {
      // A row that says nothing of glass is worth no writing: it is read again after a start.
      if (broken.length === 0 && book.glass !== null) return;
      const { link, webhooks } = settings;
      const urgent = broken.flatMap((one) => messagesOf([glassAlert(one, link)], webhooks, now()));
      keep({ ...book, glass: upTo, outbox: [...urgent, ...book.outbox] });
    },
    state: () => stateOf(book),
    async close() {
      clearInterval(timer);
      ending.abort();
      await looking;
    },
  };
}

/** The book with what a tick brings; the same one where that is nothing new. */
function heard(
  book: AlertBook,
  { result, time, fields }: Tick,
  { settings, now }: { readonly settings: AlertSettings; readonly now: Date },
): AlertBook {
  const { link, nameAccounts } = settings;
  const groups = alertsOf(book.told, result, { link, nameAccounts, time });
  const lost = lostFields(book.fields, fields, { time });
  const since = now.toISOString();
  let { waiting } = book;
  for (const alert of [...groups.alerts, ...lost.alerts])
    waiting = withAlert(waiting, alert, since);
  return { ...book, heard: time, told: groups.told, fields: lost.told, waiting };
}

/** An alert that still waits takes the next of its id in, and keeps its place. */
function withAlert(
  waiting: AlertBook["waiting"],
  alert: Alert,
  since: string,
): AlertBook["waiting"] {
  const at = waiting.findIndex((one) => one.alert.id === alert.id);
  const own = waiting[at];
  if (own === undefined) return [...waiting, { since, alert }];
  return waiting.with(at, { ...own, alert: joined(own.alert, alert) });
}

/** Makes messages of what has waited long enough and may be sent now; the same book where nothing may. */
function bundle(book: AlertBook, settings: AlertSettings, now: Date): AlertBook {
  const { quiet, gatherMinutes, webhooks } = settings;
  const least = quiet !== undefined && isQuiet(quiet, now) ? quiet.through : "low";
  const ready = book.waiting.filter(({ alert }) => isAtLeast(alert.severity, least));
  const full = ready.length >= MOST_IN_MESSAGE;
  const waited = ready.some(
    ({ since }) => now.getTime() - Date.parse(since) >= gatherMinutes * MINUTE_MS,
  );
  if (ready.length === 0 || !(full || waited)) return book;
  const outbox = [...book.outbox];
  for (let at = 0; at < ready.length; at += MOST_IN_MESSAGE) {
    const alerts = ready.slice(at, at + MOST_IN_MESSAGE).map(({ alert }) => alert);
    outbox.push(...messagesOf(alerts, webhooks, now));
  }
  return { ...book, outbox, waiting: book.waiting.filter((one) => !ready.includes(one)) };
}

/** One message a webhook, to be sent now. */
function messagesOf(
  alerts: readonly Alert[],
  webhooks: AlertSettings["webhooks"],
  now: Date,
): readonly OutboxMessage[] {
  const created = now.toISOString();
  return webhooks.map(({ name: webhook, format }) => {
    const message = alertMessage(alerts, format, created);
    return { ...message, webhook, created, attempts: 0, next: created, reason: "" };
  });
}

/** The book after an attempt: delivered, to be tried again later, or given up after a day. */
function afterAttempt(
  book: AlertBook,
  message: OutboxMessage,
  { attempt, now, random }: { attempt: Attempt; now: Date; random: () => number },
): AlertBook {
  const rest = book.outbox.filter((one) => one !== message);
  const { reason } = attempt;
  if (reason === undefined) return { ...book, outbox: rest, delivered: book.delivered + 1 };
  const attempts = message.attempts + 1;
  const patience = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  // Half of it by chance, so that servers that failed together don't come back together.
  const wait = Math.max(
    patience * (0.5 + random() / 2),
    Math.min(attempt.waitMs ?? 0, MOST_WAIT_MS),
  );
  const next = now.getTime() + wait;
  if (attempt.gone !== true && next - Date.parse(message.created) <= GIVE_UP_MS) {
    const again = { ...message, attempts, reason, next: new Date(next).toISOString() };
    return { ...book, outbox: book.outbox.map((one) => (one === message ? again : one)) };
  }
  const { webhook, id } = message;
  const dead = [...book.dead, { webhook, id, attempts, reason, at: now.toISOString() }];
  return { ...book, outbox: rest, dead: dead.slice(-MOST_DEAD), given_up: book.given_up + 1 };
}

function stateOf({ waiting, outbox, delivered, given_up, dead, fields }: AlertBook): AlertsState {
  const [oldest = null] = outbox.map(({ created }) => created).toSorted();
  return {
    waiting: waiting.length,
    outbox: outbox.length,
    oldest,
    delivered,
    givenUp: given_up,
    dead,
    lostFields: Object.entries(fields).flatMap(([key, { lost }]) => (lost ? [key.trim()] : [])),
  };
}
