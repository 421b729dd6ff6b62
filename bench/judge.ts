/**
 * What the judge costs in a synthetic world of many accounts: a first tick that brings all their pairs, and the next one,
 * with new pairs and requests, whose close groups everyone anew and weighs what has reached a look.
 * Usage: npm run bench -- judge [--accounts 250000,500000,1000000] [--pairs 20] [--edges 100000] [--tick 50000] [--seed 1]
 * `pairs` is by account, `edges` new pairs of accounts and keys in the next tick, `tick` its requests.
 * Each size runs in a process of its own. Seconds are the thread's own CPU seconds, which a busy machine does not inflate.
 */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";
import { Judge } from "../src/judge/judge.ts";
import { Roster } from "../src/judge/roster.ts";
import { TrafficRow } from "../src/judge/traffic-row.ts";
import { random } from "../src/stats/random.ts";
import { plantWorld, type World } from "./groups-world.ts";
import { peakMemory } from "./material/peak-memory.ts";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "250000,500000,1000000" },
    pairs: { type: "string", default: "20" },
    edges: { type: "string", default: "100000" },
    tick: { type: "string", default: "50000" },
    seed: { type: "string", default: "1" },
    one: { type: "boolean", default: false },
  },
});
/** Words of a request in the measured tick. */
const WORDS = 24;
/** Keys that one row holds. */
const MOST_KEYS = 128;
const TICK_SECONDS = 3600;

/** Seconds of the thread; `full` closes the first tick. */
interface Measured {
  readonly accounts: number;
  readonly pairs: number;
  readonly edges: number;
  readonly seeing: number;
  readonly full: number;
  readonly reading: number;
  readonly close: number;
  readonly lineages: number;
  readonly looks: number;
  readonly megabytes: number;
}

if (values.one) process.stdout.write(JSON.stringify(measure(Number(values.accounts))));
else main();

function main(): void {
  const sizes = values.accounts.split(",").map(Number);
  const measured = sizes.map(inOwnProcess);
  process.stdout.write(
    "accounts      pairs   seeing them   first close  new edges  reading a tick  its close  lineages  looks  peak MB\n",
  );
  for (const m of measured) {
    process.stdout.write(
      `${String(m.accounts).padEnd(9)}${String(m.pairs).padStart(10)}${m.seeing.toFixed(1).padStart(12)} s${m.full.toFixed(1).padStart(12)} s${String(m.edges).padStart(11)}${m.reading.toFixed(1).padStart(14)} s${m.close.toFixed(1).padStart(9)} s${String(m.lineages).padStart(10)}${String(m.looks).padStart(7)}${String(m.megabytes).padStart(9)}\n`,
    );
  }
  if (new Set(sizes).size < 2) return;
  const first = slope(measured.map((m) => [m.pairs, m.seeing + m.full]));
  const next = slope(measured.map((m) => [m.pairs, m.reading + m.close]));
  process.stdout.write(
    `log-log slope over pairs: ${first.toFixed(2)} the first tick, ${next.toFixed(2)} the next\n`,
  );
}

/** The least-squares slope of log y over log x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (pick: 0 | 1): number => logs.reduce((sum, p) => sum + p[pick], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const across = logs.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0);
  return across / logs.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
}

function inOwnProcess(accounts: number): Measured {
  process.stderr.write(`${accounts} accounts …\n`);
  const { pairs, edges, tick } = values;
  const own = ["--accounts", String(accounts), "--pairs", pairs, "--edges", edges, "--tick", tick];
  const { status, stdout } = spawnSync(
    process.execPath,
    ["--max-old-space-size=8192", import.meta.filename, "--one", "--seed", values.seed, ...own],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  if (status !== 0) throw new Error(`${accounts} accounts: ended with ${status}`);
  return JSON.parse(stdout) as Measured;
}

/** Every account shows its keys in one tick; in the next, `tick` requests come, half of them from planted groups, and the pairs that were held back. */
function measure(accounts: number): Measured {
  const world = plantWorld({
    accounts,
    pairs: accounts * Number(values.pairs),
    groups: Math.round(accounts / 1000),
    campaign: Math.round(accounts / 40),
    used: [4, 20],
    seed: Number(values.seed),
  });
  const held = heldBy(world, accounts);
  const keys = new Uint32Array(2 * world.keyCount);
  for (let key = 0; key < world.keyCount; key++) keys.set(hashOf(world, key), 2 * key);
  let looks = 0;
  const judge = new Judge({
    tickSeconds: TICK_SECONDS,
    q: 0.01,
    seed: 1,
    roster: new Roster([], 1),
    keys,
    everyTick: true,
    onLook: () => (looks += 1),
  });
  const row = new TrafficRow();
  const show = (party: number, from: number, to: number): void => {
    row.accountLow = party + 1;
    row.accountHigh = 1;
    for (let at = from; at < to; at += MOST_KEYS) {
      row.keyCount = Math.min(to - at, MOST_KEYS);
      for (let i = 0; i < row.keyCount; i++) row.keys.set(hashOf(world, held.keys[at + i]!), 2 * i);
      judge.see(row);
    }
  };
  // Of accounts spread over all, a key each is held back.
  const edges = Math.min(accounts, Number(values.edges));
  const isLate = (party: number): boolean =>
    Math.floor(((party + 1) * edges) / accounts) > Math.floor((party * edges) / accounts);
  const seeing = timed(() => {
    for (let party = 0; party < accounts; party++)
      show(party, held.offsets[party]!, held.offsets[party + 1]! - (isLate(party) ? 1 : 0));
  });
  const full = timed(() => judge.closeTick());
  const draw = random(Number(values.seed));
  const members = world.groups.flatMap((group) => [...group.members]);
  row.time = 10 * TICK_SECONDS;
  row.answerBytes = 900;
  const reading = timed(() => {
    for (let i = 0; i < Number(values.tick); i++) {
      const party =
        i % 2 === 0 ? members[Math.floor(draw() * members.length)]! : Math.floor(draw() * accounts);
      row.idLow = row.chainLow = i + 1;
      row.tokenCount = WORDS;
      for (let w = 0; w < WORDS; w++) row.tokens[w] = Math.floor(65_536 * draw() ** 2);
      show(party, held.offsets[party]!, held.offsets[party + 1]!);
    }
    row.tokenCount = 0;
    for (let party = 0; party < accounts; party++)
      if (isLate(party)) show(party, held.offsets[party + 1]! - 1, held.offsets[party + 1]!);
  });
  const close = timed(() => judge.closeTick());
  const megabytes = peakMemory().own;
  const lineages = judge.lineages.length;
  const pairs = world.length;
  return {
    accounts,
    pairs,
    edges,
    seeing,
    full,
    reading,
    close,
    lineages,
    looks,
    megabytes,
  };
}

/** A key's hash as intake makes it: its kind in the low four bits. */
function hashOf({ kindOf }: World, key: number): [number, number] {
  return [((key << 4) | kindOf[key]!) >>> 0, Math.imul(key + 1, 0x9e3779b1) >>> 0];
}

/** The keys of every party, in one run each. O(pairs). */
function heldBy({ keys, parties, length }: World, accounts: number) {
  const offsets = new Uint32Array(accounts + 1);
  for (let i = 0; i < length; i++) offsets[parties[i]! + 1]! += 1;
  for (let party = 0; party < accounts; party++) offsets[party + 1]! += offsets[party]!;
  const next = offsets.slice();
  const held = new Uint32Array(length);
  for (let i = 0; i < length; i++) held[next[parties[i]!]!++] = keys[i]!;
  return { offsets, keys: held };
}

function timed(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}
