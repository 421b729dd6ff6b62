import { captured } from "../../../src/signals/captured.ts";
import { ASKS } from "../../../src/signals/elicitation.ts";
import { COMPARED, ownSimilarity } from "../../../src/signals/own-similarity.ts";
import { makeHistory, mmdStatistic } from "../../../src/range/baselines/mmd-window.ts";
import { promptSketcher } from "../../../src/range/baselines/prompt-sketch.ts";
import type { WindowRequest } from "./read-windows.ts";

/** A tenant's window, and the requests before it. */
export interface TenantWindow {
  readonly before: readonly WindowRequest[];
  readonly window: readonly WindowRequest[];
}

/** How unlike ordinary use a window is, by one method: more is more so. */
export interface WindowScore {
  readonly name: string;
  readonly score: (tenant: TenantWindow) => number;
}

/** What methods may learn from, all of it legitimate and of other tenants than those compared. */
export interface Teaching {
  /** What is rare. */
  readonly learning: readonly WindowRequest[];
  /** What is ordinary for the provider. */
  readonly history: readonly WindowRequest[];
  /** What is ordinary for a tenant beside its own past. */
  readonly ordinary: readonly TenantWindow[];
}

/** Fewer words say nothing. */
const LEAST_WORDS = 4;

/**
 * The methods that are compared. MMD: `mmdStatistic`, against the provider's history and the tenant's own. Coverage of one
 * account: minus what 16 of its conversations have in common; its rank among the established accounts falls with it,
 * whoever they are. Elicitation and capture: the shares of the window's conversations that their signals count in a
 * sample. Against the tenant's own past: elicitation as the standardized difference of that share; a new skeleton as the
 * most conversations left after the answer that hold one word, beyond the requests before that held it; and the greater
 * of the two, each in units of its greatest among other ordinary tenants (1 at the least).
 */
export function windowScores({ learning, history, ordinary }: Teaching): readonly WindowScore[] {
  const sketch = promptSketcher(contents(learning));
  const sketched = (requests: readonly WindowRequest[]) =>
    contents(requests).flatMap((tokens) => sketch(tokens) ?? []);
  const past = makeHistory(sketched(history));
  const weights = rarity(contents(learning));
  const share = (window: readonly WindowRequest[], told: Told): number => {
    const { counted, all } = count(window, told);
    return counted / Math.max(1, all);
  };
  const asked = (tenant: TenantWindow): number => difference(tenant, elicits);
  const [mostAsked, mostNew] = [asked, newSkeleton].map((score) =>
    Math.max(1, ...ordinary.map(score)),
  );
  return [
    {
      name: "coverage of one account",
      score: ({ window }) => -(ownSimilarity(spread(window), weights) ?? 1),
    },
    { name: "elicitation", score: ({ window }) => share(window, elicits) },
    { name: "capture", score: ({ window }) => share(window, captured) },
    { name: "elicitation, own history", score: asked },
    { name: "new skeleton, own history", score: newSkeleton },
    {
      name: "either, own history",
      score: (tenant) => Math.max(asked(tenant) / mostAsked!, newSkeleton(tenant) / mostNew!),
    },
    {
      name: "MMD, provider's history",
      score: ({ window }) => mmdStatistic(sketched(window), past),
    },
    {
      name: "MMD, own history",
      score: ({ window, before }) => mmdStatistic(sketched(window), makeHistory(sketched(before))),
    },
  ];
}

type Told = (request: WindowRequest) => boolean;

const elicits: Told = (x) => (x.intent & ASKS) !== 0 && captured(x);

function contents(requests: readonly WindowRequest[]): Uint16Array[] {
  return requests.map(({ tokens }) => tokens).filter(({ length }) => length >= LEAST_WORDS);
}

function begun(requests: readonly WindowRequest[]): readonly WindowRequest[] {
  return requests.filter(({ first }) => first);
}

function count(requests: readonly WindowRequest[], told: Told) {
  const conversations = begun(requests);
  return { counted: conversations.filter(told).length, all: conversations.length };
}

/** Contents of 16 conversations spread over the window. */
function spread(window: readonly WindowRequest[]): Uint16Array[] {
  const all = contents(begun(window));
  const every = Math.max(1, all.length / COMPARED[0]);
  const taken = Math.min(COMPARED[0], all.length);
  return Array.from({ length: taken }, (_, i) => all[Math.floor(i * every)]!);
}

/** The share's difference between window and past, in standard errors of their pooled share (one more counted and one more not, so that it is never 0 or 1). */
function difference({ window, before }: TenantWindow, told: Told): number {
  const [now, then] = [count(window, told), count(before, told)];
  const [n, m] = [Math.max(1, now.all), Math.max(1, then.all)];
  const pooled = (now.counted + then.counted + 1) / (n + m + 2);
  return (now.counted / n - then.counted / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}

/** O(words). */
function newSkeleton({ window, before }: TenantWindow): number {
  const beyond = new Int32Array(65_536);
  for (const { tokens } of before) for (const token of tokens) beyond[token]! -= 1;
  for (const request of begun(window))
    if (captured(request)) for (const token of request.tokens) beyond[token]! += 1;
  return beyond.reduce((most, value) => Math.max(most, value), 0);
}

/** log(1 + (n + 1)/(df + 1)) by word, as the established accounts' words are weighted. */
function rarity(learned: readonly Uint16Array[]): Float64Array {
  const weights = new Float64Array(65_536);
  for (const tokens of learned) for (const token of tokens) weights[token]! += 1;
  return weights.map((n) => Math.log(1 + (learned.length + 1) / (n + 1)));
}
