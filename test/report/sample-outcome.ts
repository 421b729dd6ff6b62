import type {
  Assessment,
  Capability,
  Group,
  GroupDetail,
  Member,
  Share,
} from "../../src/core/assessment.ts";
import type { ScanOutcome } from "../../src/judge/scan.ts";
import { campaignEvidence, hex, otherEvidence, promptText } from "./sample-evidence.ts";

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 3, 22);

export interface SampleOptions {
  readonly campaigns?: number;
  readonly others?: number;
  /** Accounts of each campaign. */
  readonly accounts?: number;
  readonly hours?: number;
}

/** A made-up scan outcome of the shape and size a provider's would have; the same options give the same outcome. */
export function sampleOutcome(options: SampleOptions = {}): ScanOutcome {
  const { campaigns = 2, others = 14, accounts = 240, hours = 24 * 45 } = options;
  const draw = generator(7);
  const everyone = Array.from({ length: hours }, (_, hour) =>
    Math.round((900 + 600 * Math.sin(((hour - 8) / 24) * 2 * Math.PI)) * (0.85 + 0.3 * draw())),
  );
  const groups: Group[] = [];
  const details: GroupDetail[] = [];
  for (let at = 0; at < campaigns; at++) {
    const detail = sampleDetail(`g_${hex(at)}`, accounts, everyone, at, draw);
    details.push(detail);
    groups.push(sampleCampaign(detail, accounts, at, draw));
  }
  for (const { group } of details) {
    for (const [hour, count] of group.entries()) everyone[hour] = (everyone[hour] ?? 0) + count;
  }
  for (let at = 0; at < others; at++) {
    const other = sampleOther(at);
    groups.push(other);
    details.push(sampleDetail(other.id, other.accounts.length, everyone, at, draw));
  }
  const total = everyone.reduce((sum, count) => sum + count, 0);
  const file = "logs/2026-04-22.ndjson.gz";
  return {
    result: {
      version: 1,
      window: { from: iso(FROM), to: iso(FROM + hours * HOUR) },
      exchanges: total,
      accounts: campaigns * accounts + 18_204,
      rejected: 7,
      q: 0.01,
      tick_seconds: 3600,
      blind: [
        { signal: "echo", needs: "`response` bodies on at least a part of the exchanges" },
        { signal: "payment", needs: "`payment` in the accounts file" },
      ],
      groups,
    },
    details,
    intake: {
      lines: total + 19,
      accepted: total,
      repeats: 12,
      rejected: 7,
      rejections: [
        { file, line: 17, reason: "`time` is missing" },
        { file, line: 4031, reason: "not JSON: unexpected end of text" },
        { file, line: 4032, reason: "`account` is an array; a text is needed" },
        { file, line: 5120, reason: "`time` is 2087-01-01, far in the future" },
        { file, line: 9000, reason: "longer than 64 MB" },
        { file, line: 9001, reason: "not UTF-8 at byte 812" },
        { file, line: 9002, reason: "`id` is empty" },
      ],
      aside: {},
      bytes: 2_410_000_000,
      recovered: 0,
    },
    texts: new Map(
      groups.flatMap((group, at) =>
        group.evidence.flatMap((one) =>
          one.examples.map((id, k) => [id, promptText(at, one.signal, k)] as const),
        ),
      ),
    ),
  };
}

function sampleDetail(
  id: string,
  accounts: number,
  everyone: readonly number[],
  at: number,
  draw: () => number,
): GroupDetail {
  const hours = everyone.length;
  const begin = Math.floor(hours * 0.12) + ((at * 31) % Math.ceil(hours * 0.4));
  const shown = Math.min(200, accounts);
  const counts: number[][] = [];
  const group = everyone.map(() => 0);
  for (let row = 0; row < shown; row++) {
    const second = row >= shown * 0.55;
    const first = begin + Math.floor((row / shown) * 30) + (second ? Math.floor(hours * 0.35) : 0);
    const last = second ? hours : begin + Math.floor(hours * 0.4);
    const line = everyone.map((_, hour) => {
      const pause = hour % 168 >= 90 && hour % 168 < 97;
      return hour < first || hour > last || pause || draw() > 0.55 ? 0 : 1 + Math.floor(draw() * 4);
    });
    counts.push(line);
    for (const [hour, count] of line.entries()) {
      group[hour] = (group[hour] ?? 0) + Math.round((count * accounts) / shown);
    }
  }
  const names = counts.map((_, row) => accountName(at, row));
  return {
    id,
    from: iso(FROM),
    group,
    everyone,
    matrix: { accounts: names, counts },
    gathering: sampleGathering(accounts),
    releases: [{ model: "orion-5", time: iso(FROM + Math.floor(hours * 0.6) * HOUR) }],
  };
}

/** Pieces of one template that nearly all accounts carry, and a tool set that many others have too. */
function sampleGathering(accounts: number): GroupDetail["gathering"] {
  const pieces = Array.from({ length: 24 }, (_, at) => ({
    kind: "shingle",
    members: Math.max(1, accounts - Math.floor((at * accounts) / 60)),
    others: at % 4,
  }));
  const tools = { kind: "tools", members: Math.ceil(accounts * 0.9), others: 1840 };
  return { required: 9, whole: false, keys: [...pieces, tools] };
}

function sampleCampaign(detail: GroupDetail, size: number, at: number, draw: () => number): Group {
  const exchanges = detail.group.reduce((sum, count) => sum + count, 0);
  const first = detail.group.findIndex((count) => count > 0);
  const names = Array.from({ length: size }, (_, row) => accountName(at, row));
  const coordination = 26.4 + 11 * draw();
  return {
    id: detail.id,
    assessment: "campaign",
    reason: "",
    accounts: names,
    exchanges,
    input_tokens: exchanges * 612,
    output_tokens: exchanges * 1480,
    cached_tokens: exchanges * 200,
    first_seen: iso(FROM + first * HOUR),
    last_seen: iso(FROM + detail.group.length * HOUR),
    detected_at: iso(FROM + (first + 9) * HOUR),
    exchanges_before_alert: detail.group.slice(0, first + 9).reduce((sum, count) => sum + count, 0),
    coordination_bits: round(coordination),
    harvest_bits: round(22.8 + 9 * draw()),
    q_value: 0.000_21,
    lineage: `l_${hex(at)}`,
    members: names.map((account, row): Member => ({
      account,
      role:
        row % 40 === 39
          ? "mixed"
          : row % 90 === 57
            ? "compromised"
            : row % 60 === 11
              ? "uncertain"
              : "operated",
      share: row % 40 === 39 ? 0.31 : 0.97,
      exchanges: Math.round((exchanges / size) * (1 + ((row % 7) - 3) / 10)),
    })),
    ...story(at, iso(FROM + first * HOUR)),
    money: {
      list_price: exchanges * 0.018,
      currency: "USD",
      unpriced_exchanges: 12,
      billed: 412.5,
    },
    evidence: campaignEvidence(at),
    capabilities: shares(
      at % 2 === 0 ? [0.62, 0.11, 0.04, 0.17, 0.05, 0.01] : [0.2, 0.5, 0, 0.1, 0.1, 0.1],
    ),
    techniques: [
      { id: "AML.T0008.005", by: ["echo"] },
      { id: "AML.T0040", by: ["assessment"] },
      { id: "AML.T0024.002", by: ["template", "capture"] },
    ],
  };
}

const OTHER: readonly { assessment: Assessment; reason: string; size: number }[] = [
  { assessment: "relay", reason: "", size: 310 },
  { assessment: "bulk", reason: "", size: 12 },
  {
    assessment: "explained",
    reason: "One declared organization since 2024, verified before the group's first exchange.",
    size: 44,
  },
  {
    assessment: "undetermined",
    reason: "Harvest is clear; coordination stays below the level at this q.",
    size: 61,
  },
  {
    assessment: "watch",
    reason: "19 accounts without echo, identity or repeats can't reach the level at this q.",
    size: 19,
  },
];

function sampleOther(at: number): Group {
  const kind = OTHER[at % OTHER.length] ?? OTHER[0]!;
  const accounts = Array.from({ length: kind.size }, (_, row) => `acct_o${at}_${row}`);
  return {
    id: `g_o${hex(at)}`,
    assessment: kind.assessment,
    reason: kind.reason,
    accounts,
    exchanges: kind.size * 140,
    input_tokens: kind.size * 90_000,
    output_tokens: kind.size * 44_000,
    cached_tokens: 0,
    money: { list_price: null, currency: null, unpriced_exchanges: 0, billed: null },
    first_seen: iso(FROM + at * HOUR),
    last_seen: iso(FROM + (at + 400) * HOUR),
    detected_at: null,
    exchanges_before_alert: kind.size * 140,
    coordination_bits: kind.assessment === "relay" ? 24.1 : 2.2,
    harvest_bits: kind.assessment === "bulk" ? 19.3 : 1.4,
    q_value: 1,
    lineage: `l_o${hex(at)}`,
    members: accounts.map((account) => ({
      account,
      role: kind.assessment === "relay" ? "end_user" : "uncertain",
      share: 0.5,
      exchanges: 70,
    })),
    ...story(at + 100, iso(FROM + at * HOUR)),
    operators: [],
    ties: [],
    similar: [],
    evidence: kind.assessment === "watch" ? [] : otherEvidence(),
    capabilities: shares([0.1, 0, 0, 0.2, 0.2, 0.5]),
    techniques: [],
  };
}

/** What happened to a group, and what it has to do with others. */
function story(at: number, time: string) {
  const operator = { accounts: [accountName(at, 0), accountName(at, 1)], exchanges: 90 };
  return {
    history: [
      { time, event: "joined", accounts: 120, group: null },
      { time: iso(FROM + 290 * HOUR), event: "suspended", accounts: 96, group: null },
      { time: iso(FROM + 300 * HOUR), event: "merged", accounts: 44, group: `g_${hex(at + 50)}` },
    ],
    operation: `o_${hex(at)}`,
    ties: [
      {
        group: `g_${hex(at + 1)}`,
        signal: "echo",
        bits: 22.4,
        sentence: "14 accounts of one group present answers that were issued to the other alone.",
      },
    ],
    operators: [
      { ...operator, id: `g_${hex(at)}.1`, first_seen: time, last_seen: time },
      { ...operator, id: `g_${hex(at)}.2`, first_seen: time, last_seen: time },
    ],
    indicators: {
      skeleton: [`${hex(at)}${hex(at + 7)}`],
      hours: Array.from({ length: 24 }, () => 0.042),
      pace: 26.1,
    },
    similar: [{ group: "g7", skeleton: 0.62, capabilities: 0.91, techniques: 0.8, cadence: 0.74 }],
  } as const;
}

function shares(
  values: readonly [number, number, number, number, number, number],
): Record<Capability, Share> {
  const [reasoning, grading, tools, code, analysis, other] = values;
  const share = (value: number): Share => ({
    share: value,
    low: Math.max(0, value - 0.04),
    high: Math.min(1, value + 0.04),
  });
  const all = { grading, reasoning, agentic: 0, tools, vision: 0, code, analysis, other };
  return Object.fromEntries(
    Object.entries(all).map(([kind, value]) => [kind, share(value)]),
  ) as Record<Capability, Share>;
}

function accountName(group: number, row: number): string {
  return `acct_${hex(group * 100_003 + row * 7919)}`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A small seeded generator (mulberry32) of numbers in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
