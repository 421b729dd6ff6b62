import { CODING, ERRANDS } from "../work/scaffolds.ts";
import {
  explainResponses,
  gradeCandidates,
  reasonInline,
  translatedRequests,
  verifiableTasks,
} from "../work/lists.ts";
import { RELEASED } from "../lookalikes/benchmark-harness.ts";
import { mixedWork } from "../work/list-work.ts";
import { probing } from "../work/probe.ts";
import { liveRelay, storedReplay } from "../work/relay.ts";
import { trajectories } from "../work/trajectory.ts";
import { transcriptions } from "../work/transcription.ts";
import type { Span } from "../world.ts";
import type { Blueprint } from "./blueprint.ts";

/** The world's release day, two fifths into it, where the operation is at work then; else the middle of its own window. */
function releaseIn(span: Span, { from, until }: Span): number {
  const day = span.from + 0.4 * (span.until - span.from);
  return day > from + 0.15 * (until - from) && day < until - 0.15 * (until - from)
    ? day
    : (from + until) / 2;
}

/** Reasoning behind completed responses is asked for and pairs of answers are graded against a rubric; all accounts keep the same shifts, take turns evenly and share a few cards. Accounts and days weren't published. */
export const reasoningAndGrading: Blueprint = {
  id: "reasoning-and-grading",
  name: "reasoning and rubric grading, load-balanced",
  reported: { accounts: 600, exchanges: 150_000, days: 18 },
  dials: { agedDays: 160, uneven: 0 },
  plan: ({ plain }) => ({
    work: mixedWork([
      [explainResponses, 3],
      [gradeCandidates, 2],
    ]),
    clock: "shifts",
    software: {
      ...plain,
      dialects: ["openai-chat", "anthropic", "gemini"],
    },
  }),
};

/** Tool-using trajectories on code bases over several doors; a conversation begun through one account goes on through another. "Hundreds" of accounts; days weren't published. */
export const agenticHarvest: Blueprint = {
  id: "agentic-harvest",
  name: "agentic coding over several doors",
  reported: { accounts: 600, exchanges: 3_400_000, days: 60 },
  dials: { agedDays: 300, ownCards: true, jitter: 0.3, laundered: true },
  plan: ({ plain }) => ({
    work: trajectories(CODING, 3, 9),
    hops: 0.3,
    software: {
      ...plain,
      doors: ["api", "cloud", "aggregator"],
      sessions: true,
    },
  }),
};

/** Errands with functions, at a large scale; when a model comes out, nearly half of the traffic is redirected to it within a day. Accounts: the rest of the 24,000; days weren't published. */
export const toolHarvest: Blueprint = {
  id: "tool-harvest",
  name: "tool use, redirected to a release within a day",
  reported: { accounts: 20_000, exchanges: 13_000_000, days: 60 },
  dials: { agedDays: 120, ownCards: true, jitter: 0.2 },
  plan: ({ span, window, plain }) => ({
    work: trajectories(ERRANDS, 2, 7),
    hops: 0.15,
    release: { at: releaseIn(span, window), model: RELEASED },
    software: { ...plain, sessions: true },
  }),
};

/** One fixed line in every request forces reasoning into the answer, round the clock; when the first pool is suspended the standby takes over within the hour. Own cards and homes, throw-away mail. */
export const fixedLine: Blueprint = {
  id: "fixed-line",
  name: "one fixed line, pool banned, standby active",
  // Half of the 25,000 accounts serve at a time.
  reported: { accounts: 25_000, exchanges: 28_800_000, days: 45 },
  dials: { agedDays: 45, ownCards: true, ownHomes: true, perDay: 51.2 },
  plan: ({ window }) => ({
    work: reasonInline,
    disposable: 0.6,
    bannedAt: window.from + 0.55 * (window.until - window.from),
  }),
};

/** A handful of requests from each of very many accounts within days, most of which present another account's reasoning block and have it written out. */
export const lowAndSlow: Blueprint = {
  id: "low-and-slow",
  name: "a few requests an account, working memory written out",
  reported: { accounts: 4000, exchanges: 16_000, days: 2 },
  dials: {
    paraphrases: 6,
    agedDays: 220,
    ownCards: true,
    ownHomes: true,
    laundered: true,
    jitter: 0.3,
    perDay: 2.4,
  },
  plan: ({ plain }) => ({
    work: transcriptions(0.3),
    software: {
      ...plain,
      dialects: ["anthropic", "anthropic", "openai-responses"],
      model: "orion-4-deep",
    },
  }),
};

/** A product's users are answered by another provider's model without knowing it. */
export const relay: Blueprint = {
  id: "live-relay",
  name: "live relay of ordinary users",
  reported: { accounts: 5380, exchanges: 300_000, days: 10 },
  dials: { paraphrases: 0, agedDays: 120, ownCards: true, uneven: 0.3, jitter: 0.3 },
  plan: ({ span, accounts, plain }) => ({
    work: liveRelay(span, accounts),
    relay: true,
    // Sessions stick to an account until it is at its limit.
    hops: 0.15,
    software: { ...plain, settings: {}, sessions: false },
  }),
};

/** A product's stored conversations are sent again through a pool, round the clock. Sized as the smallest harvest of the September report. */
export const storeThenReplay: Blueprint = {
  id: "store-then-replay",
  name: "stored conversations replayed",
  reported: { accounts: 1500, exchanges: 400_000, days: 20 },
  dials: { paraphrases: 0, agedDays: 90, ownCards: true },
  plan: ({ span, accounts }) => ({
    work: storedReplay(span, accounts),
  }),
};

/** Signed reasoning blocks are moved between accounts at full speed. Accounts weren't published. */
export const signatureReplay: Blueprint = {
  id: "signature-replay",
  name: "reasoning signatures replayed across accounts",
  reported: { accounts: 1200, exchanges: 12_100_000, days: 14 },
  dials: { paraphrases: 3, agedDays: 30, ownCards: true, jitter: 0.2 },
  plan: ({ plain }) => ({
    work: transcriptions(0.5),
    software: { ...plain, dialects: ["anthropic", "openai-responses"], model: "orion-4-deep" },
  }),
};

/** Tasks for reinforcement learning, every one of them unique. Sized as the 17-day harvest of the September report. */
export const uniqueTasks: Blueprint = {
  id: "rl-tasks",
  name: "unique tasks for reinforcement learning",
  reported: { accounts: 273, exchanges: 3_400_000, days: 17 },
  dials: { paraphrases: 8, agedDays: 60, ownCards: true, jitter: 0.2 },
  plan: ({ plain }) => ({
    work: verifiableTasks,
    software: { ...plain, dialects: ["openai-chat", "openai-responses", "gemini"] },
  }),
};

/** One request translated into five languages and paraphrased in each. Size: the smallest harvest of the September report. */
export const translated: Blueprint = {
  id: "translation",
  name: "one request, translated and paraphrased",
  reported: { accounts: 1500, exchanges: 400_000, days: 20 },
  dials: { paraphrases: 40, agedDays: 150, ownCards: true, ownHomes: true, jitter: 0.3 },
  plan: () => ({ work: translatedRequests }),
};

/** Techniques are tried through a few accounts, most of them refused; then the winners run through all. 12,000 techniques were reported; the rest is sized as the smallest harvest. */
export const probeThenScale: Blueprint = {
  id: "probe-then-scale",
  name: "techniques probed, then the winners scaled",
  reported: { accounts: 1500, exchanges: 400_000, days: 20 },
  dials: { paraphrases: 3, agedDays: 60, ownCards: true, jitter: 0.2 },
  plan: ({ window }) => {
    const at = window.from + 0.3 * (window.until - window.from);
    return { work: probing(at, reasonInline), ramp: { at, share: 0.1 } };
  },
};
