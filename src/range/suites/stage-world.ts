import type { CampaignMaker } from "../campaigns/catalog.ts";
import { people } from "../demo-world.ts";
import type { Dials } from "../dials.ts";
import type { LookalikeMaker } from "../lookalikes/catalog.ts";
import { makeRandom, type Random } from "../random.ts";
import { DAY, type Part, type Span } from "../world.ts";
import type { TextSource } from "../texts/text-source.ts";
import type { World } from "../write-world.ts";

/** The end of every suite's traffic: a Friday, so that weekends fall inside. */
export const UNTIL = Date.parse("2026-11-20T00:00:00Z");

/** Least share of a reported size that the range makes. */
const LEAST_SCALE = 1 / 1000;
/** An operation to put into a world. */
export interface Planting {
  readonly maker: CampaignMaker;
  readonly dials?: Partial<Dials>;
  /** Accounts it should have; sized by `exchanges` where absent. */
  readonly accounts?: number;
  /** It works in the world's last so many days only. */
  readonly days?: number;
}

/** What a world is made of. */
export interface Stage {
  /** Names the world's randomness; its worlds differ by it and by the seed. */
  readonly name: string;
  readonly seed: string;
  readonly days: number;
  readonly people: number;
  readonly plantings: readonly Planting[];
  readonly lookalikes: readonly LookalikeMaker[];
  /** Size of the look-alikes, 1 is some tens of accounts. */
  readonly lookalikeScale: number;
  /** Exchanges each operation should come to in the world's days. */
  readonly exchanges: number;
  /** Fewest accounts of an operation that is sized to its world; busy ones are slowed to have as many. */
  readonly leastAccounts: number;
  /** Share of the reported sizes for every operation; sized by `exchanges` where undefined. */
  readonly scale: number | undefined;
  /** Where words come from, if not from the grammars. */
  readonly texts: TextSource | undefined;
}

/** Sets people, operations and look-alikes into one world. */
export function stageWorld(stage: Stage): World {
  const span: Span = { from: UNTIL - stage.days * DAY, until: UNTIL };
  const random = makeRandom(`${stage.name} ${stage.seed}`, stage.texts);
  const parts: Part[] = [people(random.fork("people"), span, stage.people)];
  for (const planting of stage.plantings) {
    const { maker, days = stage.days } = planting;
    const own = { from: span.until - days * DAY, until: span.until };
    const place = { span: own, id: maker.id, ...sizeOf(planting, stage) };
    parts.push(maker.make(random.fork(`operation ${maker.id}`), place));
  }
  for (const [i, maker] of stage.lookalikes.entries()) {
    const place = { span, id: `look-alike-${i + 1}`, scale: stage.lookalikeScale };
    parts.push(maker.make(random.fork(`look-alike ${maker.family}`), place));
  }
  const expected =
    1.3 * stage.days * stage.people +
    stage.exchanges * stage.plantings.length +
    600 * stage.lookalikeScale * stage.lookalikes.length;
  return { seed: stage.seed, span, parts, expected: Math.round(expected) };
}

/**
 * An operation's share of its reported size, and its dials. Sized to its world, it has as many accounts at their
 * reported rate as give the exchanges asked for; where those would be too few, more of them at a lower rate.
 */
function sizeOf(
  { maker, dials, accounts }: Planting,
  stage: Stage,
): { readonly scale: number; readonly dials?: Partial<Dials> } {
  const { reported } = maker;
  const clip = (scale: number): number => Math.min(1, Math.max(LEAST_SCALE, scale));
  const own = dials === undefined ? {} : { dials };
  if (accounts !== undefined) return { scale: clip(accounts / reported.accounts), ...own };
  if (stage.scale !== undefined) return { scale: clip(stage.scale), ...own };
  const rate = dials?.perDay ?? reported.exchanges / reported.accounts / reported.days;
  const days = Math.min(reported.days, stage.days);
  const wanted = Math.max(stage.leastAccounts, stage.exchanges / rate / days);
  const perDay = stage.exchanges / wanted / days;
  return {
    scale: clip(wanted / reported.accounts),
    ...(dials?.perDay === undefined && perDay < rate ? { dials: { ...dials, perDay } } : own),
  };
}

/** Deals operations into hands of like weight: the busiest accounts first, one to each hand in turn. */
export function dealt(makers: readonly CampaignMaker[], hands: number): CampaignMaker[][] {
  const rate = ({ reported }: CampaignMaker): number =>
    reported.exchanges / reported.accounts / reported.days;
  const order = makers.toSorted((a, b) => rate(b) - rate(a));
  return Array.from({ length: hands }, (_, hand) => order.filter((_one, i) => i % hands === hand));
}

/** A few of a list at random. */
export function some<T>(list: readonly T[], count: number, random: Random): T[] {
  return random.sample(list, Math.min(count, list.length));
}
