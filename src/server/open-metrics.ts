import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Health, HealthReport } from "./open-health.ts";

/** What is counted while it happens, and all of it in Prometheus' text. */
export interface Metrics {
  answered(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void;
  loaded(seconds: number): void;
  judged(seconds: number): void;
  /** The exposition, and its content type. */
  text(): Promise<{ readonly text: string; readonly type: string }>;
}

/** Values that are read when they are asked for: name, what it is, how to read it; `_total` are counters. */
const READ: readonly (readonly [
  name: string,
  help: string,
  read: (report: HealthReport) => number | undefined,
])[] = [
  ["lines_taken_total", "Lines promised to senders.", ({ taken }) => taken],
  ["exchanges_accepted_total", "Exchanges brought into the warehouse.", ({ accepted }) => accepted],
  [
    "lines_repeated_total",
    "Lines left out because they had come before.",
    ({ repeats }) => repeats,
  ],
  ["lines_rejected_total", "Lines the warehouse rejected.", ({ rejected }) => rejected],
  [
    "intake_waiting_lines",
    "Lines on disk and not yet in the warehouse.",
    ({ waitingLines }) => waitingLines,
  ],
  ["intake_waiting_bytes", "Bytes of those lines.", ({ waitingBytes }) => waitingBytes],
  ["intake_lag_seconds", "How long the oldest of them waits.", ({ lagSeconds }) => lagSeconds],
  [
    "newest_exchange_timestamp_seconds",
    "Time of the newest exchange in the warehouse.",
    ({ newestExchange }) => seconds(newestExchange),
  ],
  ["warehouse_bytes", "Size of the warehouse on disk.", ({ warehouseBytes }) => warehouseBytes],
  ["disk_free_bytes", "Free on the disk of the data folder.", ({ diskFreeBytes }) => diskFreeBytes],
  [
    "judge_closed_tick_timestamp_seconds",
    "End of the last tick judged, in the traffic's time.",
    ({ judge }) => seconds(judge?.closedTick),
  ],
  [
    "judge_backlog_ticks",
    "Ticks that could be judged and are not.",
    ({ judge }) => judge?.backlogTicks,
  ],
  [
    "fields_lost",
    "Fields that senders stopped sending.",
    ({ alerts }) => alerts?.lostFields.length,
  ],
  [
    "alerts_waiting",
    "Alerts that wait for others or for the end of quiet hours.",
    ({ alerts }) => alerts?.waiting,
  ],
  [
    "alert_messages_pending",
    "Messages in the outbox, one a webhook.",
    ({ alerts }) => alerts?.outbox,
  ],
  [
    "alert_messages_delivered_total",
    "Messages that webhooks took, ever.",
    ({ alerts }) => alerts?.delivered,
  ],
  [
    "alert_messages_given_up_total",
    "Messages given up after a day, ever.",
    ({ alerts }) => alerts?.givenUp,
  ],
  [
    "decision_accounts",
    "Accounts that decisions hold for.",
    ({ decisions }) => decisions?.accounts,
  ],
  [
    "decision_age_seconds",
    "Since the decisions were last what the ledger says.",
    ({ decisions }) => decisions?.ageSeconds,
  ],
  [
    "outbox_stopped",
    "Whether commands to the account service are stopped: 1 or 0.",
    ({ outbox }) => (outbox === null ? undefined : Number(outbox.switch.stopped !== null)),
  ],
  [
    "command_oldest_timestamp_seconds",
    "When the command was decided that waits longest to be sent or answered for.",
    ({ outbox }) => seconds(outbox?.oldest && new Date(outbox.oldest.queued)),
  ],
];

/** From a hundredth of a second to an hour. */
const SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 900, 3600];

/** Opens metrics: of this process as prom-client has them, and our own, named `stillwatch_…`. */
export function openMetrics(health: Pick<Health, "report">): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const own = { registers, buckets: SECONDS };
  const requests = new Counter({
    name: "stillwatch_http_requests_total",
    help: "Requests that a route answered.",
    labelNames: ["method", "route", "status"] as const,
    registers,
  });
  const answers = new Histogram({
    ...own,
    name: "stillwatch_http_request_duration_seconds",
    help: "How long a route took.",
    labelNames: ["route"] as const,
  });
  const loads = new Histogram({
    ...own,
    name: "stillwatch_load_duration_seconds",
    help: "How long it took to bring a part of the journal into the warehouse.",
  });
  const ticks = new Histogram({
    ...own,
    name: "stillwatch_judge_tick_duration_seconds",
    help: "How long judging took, each time.",
  });
  const read = openReadings(registers);
  return {
    answered({ method, route, status, seconds: took }) {
      requests.inc({ method, route, status });
      answers.observe({ route }, took);
    },
    loaded: (took) => loads.observe(took),
    judged: (took) => ticks.observe(took),
    async text() {
      read(await health.report());
      return { text: await registry.metrics(), type: registry.contentType };
    },
  };
}

/** Metrics that are set from a report. */
function openReadings(registers: readonly Registry[]): (report: HealthReport) => void {
  const options = { registers: [...registers] };
  const single = READ.map(([short, help, value]) => {
    const name = `stillwatch_${short}`;
    const metric = name.endsWith("_total")
      ? new Counter({ ...options, name, help })
      : new Gauge({ ...options, name, help });
    return { metric, value };
  });
  const groups = new Gauge({
    ...options,
    name: "stillwatch_groups",
    help: "Groups by assessment, at the last tick.",
    labelNames: ["assessment"] as const,
  });
  const fields = new Gauge({
    ...options,
    name: "stillwatch_field_share_ratio",
    help: "Share of the last tick's exchanges that carry a field.",
    labelNames: ["platform", "field"] as const,
  });
  const decided = new Counter({
    ...options,
    name: "stillwatch_decisions_total",
    help: "Requests that gateways asked about, by what they were told.",
    labelNames: ["action"] as const,
  });
  const commands = new Gauge({
    ...options,
    name: "stillwatch_commands",
    help: "Commands to the account service and referrals, by what became of them.",
    labelNames: ["state"] as const,
  });
  return (report) => {
    for (const { metric, value } of single) {
      const now = value(report);
      metric.reset();
      if (now === undefined) metric.remove();
      else metric.inc(now);
    }
    groups.reset();
    for (const [assessment, count] of Object.entries(report.judge?.groups ?? {})) {
      groups.set({ assessment }, count);
    }
    decided.reset();
    for (const [action, count] of Object.entries(report.decisions?.answered ?? {})) {
      decided.inc({ action }, count);
    }
    commands.reset();
    for (const [state, count] of Object.entries(report.outbox?.states ?? {})) {
      commands.set({ state }, count);
    }
    fields.reset();
    for (const { platform, field, share } of report.fields) fields.set({ platform, field }, share);
  };
}

function seconds(time: Date | null | undefined): number | undefined {
  return time === null || time === undefined ? undefined : time.getTime() / 1_000;
}
