import type { AccountLine, Actor, Draft, Due, Part } from "./world.ts";
import { usageOf } from "./wire/render-exchange.ts";
import type { World } from "./write-world.ts";

/** What is true of one account, beside what its lines say. */
export interface AccountCensus {
  /** As first seen; empty where the world does not say. */
  readonly language: string;
  readonly region: string;
  readonly plan: string;
  /** Organization, payment, phone and device, each with its kind. */
  readonly means: readonly string[];
  exchanges: number;
  /** In US dollars at `PRICES`. */
  spend: number;
  /** Exchanges by the operation that sent them. */
  readonly campaigns: Map<string, number>;
}

/** Every account that sent something. */
export type Census = ReadonlyMap<string, AccountCensus>;

/** Dollars a million tokens: a made-up list price, one for all models. Tokens presented again cost a tenth. */
export const PRICES = { input: 3, cached: 0.3, output: 15 } as const;

/** The same world, counted while it is written: `census` is whole once every line was taken. */
export function counted(world: World): { readonly world: World; readonly census: Census } {
  const lines = new Map(
    world.parts.flatMap((part) => part.accounts.map((line) => [line.account, line] as const)),
  );
  const census = new Map<string, AccountCensus>();
  const count = (draft: Draft): void => {
    let known = census.get(draft.account);
    if (known === undefined) {
      known = {
        language: draft.language ?? "",
        region: draft.region,
        plan: lines.get(draft.account)?.plan ?? "",
        means: meansOf(lines.get(draft.account)),
        exchanges: 0,
        spend: 0,
        campaigns: new Map(),
      };
      census.set(draft.account, known);
    }
    known.exchanges += 1;
    known.spend += priceOf(draft);
    const { campaign } = draft;
    if (campaign === undefined) return;
    known.campaigns.set(campaign, (known.campaigns.get(campaign) ?? 0) + 1);
  };
  const parts: Part[] = world.parts.map((part) => ({
    ...part,
    actors: part.actors.map((actor) => watched(actor, world.span.until, count)),
  }));
  return { world: { ...world, parts }, census };
}

function meansOf(line: AccountLine | undefined): string[] {
  const kinds = ["organization", "payment", "phone", "device"] as const;
  return kinds.flatMap((kind) => (line?.[kind] === undefined ? [] : `${kind} ${line[kind]}`));
}

function watched(actor: Actor, until: number, count: (draft: Draft) => void): Actor {
  const watch = (due: Due): Due => ({
    time: due.time,
    take: () => {
      const draft = due.take();
      if (due.time < until) count(draft);
      return draft;
    },
  });
  return {
    due: () => {
      const inner = actor.due();
      return {
        next: () => {
          const step = inner.next();
          return step.done === true ? step : { done: false, value: watch(step.value) };
        },
      };
    },
  };
}

function priceOf(draft: Draft): number {
  const { input, cached, output, reasoning } = usageOf(draft);
  return (
    ((input - cached) * PRICES.input +
      cached * PRICES.cached +
      (output + reasoning) * PRICES.output) /
    1e6
  );
}
