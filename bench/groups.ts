/**
 * How well and how fast candidate groups are found in a synthetic world with known truth.
 * Usage: node bench/groups.ts [--accounts 1000000] [--pairs 20000000] [--groups 1000] [--campaign 25000] [--used 4-20] [--seed 1] [--tick 20000] [--limit 2000]
 * Progress on stderr, the table on stdout.
 */
import { parseArgs } from "node:util";
import { KeyGraph } from "../src/graph/key-graph.ts";
import { plantWorld } from "./groups-world.ts";
import { componentsOfRareKeys, labelPropagation } from "./groups-references.ts";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1000000" },
    pairs: { type: "string", default: "20000000" },
    groups: { type: "string", default: "1000" },
    campaign: { type: "string", default: "" },
    used: { type: "string", default: "4-20" },
    seed: { type: "string", default: "1" },
    tick: { type: "string", default: "20000" },
    limit: { type: "string", default: "2000" },
  },
});
const accounts = Number(values.accounts);
const startedAt = performance.now();
let peakBytes = 0;

const world = plantWorld({
  accounts,
  pairs: Number(values.pairs),
  groups: Number(values.groups),
  campaign: values.campaign === "" ? Math.round(accounts / 40) : Number(values.campaign),
  used: [Number(values.used.split("-")[0]), Number(values.used.split("-").at(-1))],
  seed: Number(values.seed),
});
note(`${world.length} pairs made`);
const worldMegabytes = sampleMemory();

const graph = new KeyGraph({ seed: 1 });
const last = Math.max(0, world.length - Number(values.tick));
const filling = timed(() => add(0, last));
note(`${graph.edgeCount} distinct pairs added in ${filling.seconds.toFixed(1)} s`);
const full = timed(() => graph.candidates({ limit: Number(values.limit) }));
note(`candidates in full: ${full.value.length} in ${full.seconds.toFixed(1)} s`);
const adding = timed(() => add(last, world.length));
const tick = timed(() => graph.candidates({ limit: Number(values.limit) }));
note(`a tick of ${world.length - last} pairs: ${(tick.seconds * 1000).toFixed(0)} ms`);
const ownPeak = sampleMemory();

const ours = scoreGroups(tick.value.map((candidate) => candidate.parties));
const uncapped = timed(() => graph.candidates({ limit: 1e9 }));
const all = scoreGroups(uncapped.value.map((candidate) => candidate.parties));
note(`without a cap: ${uncapped.value.length} candidates in ${uncapped.seconds.toFixed(1)} s`);
const components = timed(() => componentsOfRareKeys(world, 8));
const byComponents = scoreGroups(components.value);
note(
  `reference: components over keys with at most 8 parties in ${components.seconds.toFixed(1)} s`,
);
const propagated = timed(() => labelPropagation(world, 5));
const byLabels = scoreGroups(propagated.value);
note(`reference: label propagation, 5 sweeps in ${propagated.seconds.toFixed(1)} s`);

const gathered = tick.value.filter(({ pass }) => pass !== "single");
const planted = gathered.filter(({ parties }) => mostlyPlanted(parties)).length;

const lines = [
  `pairs ${graph.edgeCount}, parties ${graph.partyCount}, keys ${world.keyCount}, planted groups ${world.groups.length}`,
  `add ${filling.seconds.toFixed(1)} s, ${((filling.seconds / last) * 1e9) | 0} ns a pair; full ${full.seconds.toFixed(2)} s; tick of ${world.length - last} pairs: add ${(adding.seconds * 1e3).toFixed(0)} ms + candidates ${(tick.seconds * 1e3).toFixed(0)} ms (${(tick.cpuSeconds * 1e3).toFixed(0)} ms of the thread)`,
  `of ${gathered.length} cluster and community candidates ${planted} lie to more than half in one planted group`,
  `peak RSS ${ownPeak} MB, of which the world itself ${worldMegabytes} MB`,
  "",
  "found = some candidate's Jaccard with the group is at least 0.5; recall and precision are of the best candidate, mean over groups",
  "method                        kind             groups  found  recall  precision  seconds    × ours",
  ...report(`stillwatch (${tick.value.length})`, ours, full.seconds),
  ...report(`stillwatch uncapped (${uncapped.value.length})`, all, uncapped.seconds),
  ...report(`components, d ≤ 8 (${components.value.length})`, byComponents, components.seconds),
  ...report(`label propagation (${propagated.value.length})`, byLabels, propagated.seconds),
];
process.stdout.write(lines.join("\n") + "\n");

function add(from: number, to: number): void {
  for (let i = from; i < to; i++)
    graph.add(world.keys[i]!, world.kindOf[world.keys[i]!]!, world.parties[i]!);
}

interface Score {
  readonly kind: string;
  readonly groups: number;
  readonly found: number;
  readonly recall: number;
  readonly precision: number;
}

/** For every planted group the candidate with the highest Jaccard, averaged by kind. O(Σ sizes). */
function scoreGroups(found: readonly Uint32Array[]): Score[] {
  const groupsOf = new Map<number, number[]>();
  world.groups.forEach((group, at) => {
    for (const party of group.members) groupsOf.set(party, [...(groupsOf.get(party) ?? []), at]);
  });
  const best = world.groups.map(() => ({ jaccard: 0, recall: 0, precision: 0 }));
  for (const parties of found) {
    const common = new Map<number, number>();
    for (const party of parties) {
      for (const at of groupsOf.get(party) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
    }
    for (const [at, count] of common) {
      const size = world.groups[at]!.members.length;
      const jaccard = count / (size + parties.length - count);
      if (jaccard > best[at]!.jaccard) {
        best[at] = { jaccard, recall: count / size, precision: count / parties.length };
      }
    }
  }
  return [...new Set(world.groups.map((group) => group.kind))].map((kind) => {
    const own = best.filter((_, at) => world.groups[at]!.kind === kind);
    const mean = (pick: (b: (typeof best)[number]) => number): number =>
      own.reduce((sum, b) => sum + pick(b), 0) / own.length;
    return {
      kind,
      groups: own.length,
      found: mean((b) => (b.jaccard >= 0.5 ? 1 : 0)),
      recall: mean((b) => b.recall),
      precision: mean((b) => b.precision),
    };
  });
}

function mostlyPlanted(parties: Uint32Array): boolean {
  return world.groups.some(({ members }) => {
    if (members.length * 2 < parties.length) return false;
    const set = new Set(members);
    return parties.reduce((sum, party) => sum + (set.has(party) ? 1 : 0), 0) * 2 > parties.length;
  });
}

function report(method: string, scores: readonly Score[], seconds: number): string[] {
  return scores.map(
    (s) =>
      `${method.padEnd(30)}${s.kind.padEnd(16)}${String(s.groups).padStart(7)}${s.found.toFixed(3).padStart(7)}${s.recall.toFixed(3).padStart(8)}${s.precision.toFixed(3).padStart(11)}${seconds.toFixed(1).padStart(9)}${(seconds / full.seconds).toFixed(2).padStart(10)}`,
  );
}

/** Runs the work; wall seconds, and the thread's own CPU seconds, which a busy machine does not inflate. */
function timed<T>(work: () => T): { value: T; seconds: number; cpuSeconds: number } {
  const from = performance.now();
  const cpu = process.threadCpuUsage();
  const value = work();
  const { user, system } = process.threadCpuUsage(cpu);
  return { value, seconds: (performance.now() - from) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function sampleMemory(): number {
  peakBytes = Math.max(peakBytes, process.resourceUsage().maxRSS * 1024);
  return Math.round(peakBytes / 1e6);
}

function note(text: string): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stderr.write(`[${seconds} s] ${text}\n`);
}
