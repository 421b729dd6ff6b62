import { CAPABILITIES, type Capability, type Share } from "../../core/assessment.ts";
import { INTENT } from "../../core/key-kind.ts";
import type { SampledExchange } from "../../signals/slice.ts";
import { clusterShare } from "../../stats/cluster-share.ts";

/** Later exchanges of a conversation with tools from which it is an agent's. */
const AGENTIC_STEPS = 2;

const ASKED: readonly (readonly [Capability, number])[] = [
  ["grading", INTENT.grading | INTENT.preference],
  ["reasoning", INTENT.reasoning | INTENT.coercion],
  ["tools", INTENT.tools],
  ["vision", INTENT.vision],
  ["code", INTENT.code],
  ["analysis", INTENT.analysis],
];

type Asked = Pick<SampledExchange, "intent" | "steps">;

/** An account with what was sampled of it. */
interface Sampled {
  readonly exchanges: number;
  readonly sample: readonly Asked[];
}

/**
 * What accounts' sampled conversations ask for, by the first kind that fits: shares of what the accounts sent, summing
 * to 1. O(the sample).
 */
export function capabilitiesOf(accounts: readonly Sampled[]): Record<Capability, Share> {
  const kinds = accounts.map(({ sample }) => sample.map(capabilityOf));
  const shareOf = (capability: Capability): Share => {
    const clusters = accounts.map(({ exchanges }, i) => ({
      n: kinds[i]!.length,
      k: kinds[i]!.filter((kind) => kind === capability).length,
      weight: exchanges,
    }));
    const { share, low, high } = clusterShare(clusters);
    return { share: rounded(share), low: rounded(low), high: rounded(high) };
  };
  const shares = CAPABILITIES.map((capability) => [capability, shareOf(capability)] as const);
  return Object.fromEntries(shares) as Record<Capability, Share>;
}

function capabilityOf({ intent, steps }: Asked): Capability {
  const kind = ASKED.find(([, bits]) => (intent & bits) !== 0)?.[0] ?? "other";
  return kind === "tools" && steps >= AGENTIC_STEPS ? "agentic" : kind;
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
