import { captured } from "../../../src/signals/captured.ts";
import { ASKS } from "../../../src/signals/elicitation.ts";
import { COMPARED, ownSimilarity } from "../../../src/signals/own-similarity.ts";
import { makeHistory, mmdWindow } from "../../../src/range/baselines/mmd-window.ts";
import { promptSketcher } from "../../../src/range/baselines/prompt-sketch.ts";
import type { WindowRequest } from "./read-windows.ts";

/** How unlike ordinary use a window is, by one method: more is more so. */
export interface WindowScore {
  readonly id: string;
  readonly name: string;
  readonly score: (window: readonly WindowRequest[]) => number;
}

/** Fewer words say nothing. */
const LEAST_WORDS = 4;

/**
 * The methods that are compared, taught by `learning` (what is rare) and `history` (what is ordinary), both legitimate.
 * MMD: `mmdWindow`. Coverage of one account: minus what 16 of its conversations have in common; its rank among the
 * established accounts falls with it, whoever they are. Elicitation and capture: the shares of the window's conversations that their
 * signals count in a sample.
 */
export function windowScores(
  learning: readonly WindowRequest[],
  history: readonly WindowRequest[],
): readonly WindowScore[] {
  const contents = (requests: readonly WindowRequest[]): Uint16Array[] =>
    requests.map(({ tokens }) => tokens).filter(({ length }) => length >= LEAST_WORDS);
  const sketch = promptSketcher(contents(learning));
  const sketched = (requests: readonly WindowRequest[]) =>
    contents(requests).flatMap((tokens) => sketch(tokens) ?? []);
  const past = makeHistory(sketched(history));
  const weights = rarity(contents(learning));
  const begun = (window: readonly WindowRequest[]) => window.filter(({ first }) => first);
  const share = (window: readonly WindowRequest[], told: (x: WindowRequest) => boolean): number => {
    const conversations = begun(window);
    return conversations.filter(told).length / Math.max(1, conversations.length);
  };
  return [
    {
      id: "mmd",
      name: "MMD windows",
      score: (window) =>
        mmdWindow(sketched(window), past, { fpr: 1, permutations: 0, seed: 1 }).statistic,
    },
    {
      id: "coverage",
      name: "coverage of one account",
      score(window) {
        const all = contents(begun(window));
        const every = Math.max(1, all.length / COMPARED[0]);
        const sample = Array.from(
          { length: Math.min(COMPARED[0], all.length) },
          (_, i) => all[Math.floor(i * every)]!,
        );
        return -(ownSimilarity(sample, weights) ?? 1);
      },
    },
    {
      id: "elicitation",
      name: "elicitation, whole window",
      score: (window) => share(window, (x) => (x.intent & ASKS) !== 0 && captured(x)),
    },
    {
      id: "capture",
      name: "capture, whole window",
      score: (window) => share(window, captured),
    },
  ];
}

/** log(1 + (n + 1)/(df + 1)) by word, as the established accounts' words are weighted. */
function rarity(contents: readonly Uint16Array[]): Float64Array {
  const weights = new Float64Array(65_536);
  for (const tokens of contents) for (const token of tokens) weights[token]! += 1;
  return weights.map((n) => Math.log(1 + (contents.length + 1) / (n + 1)));
}
