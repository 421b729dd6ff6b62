import type { CampaignMaker } from "../campaigns/catalog.ts";
import { people } from "../demo-world.ts";
import type { Dials } from "../dials.ts";
import type { LookalikeMaker } from "../lookalikes/catalog.ts";
import { makeRandom, type Random } from "../random.ts";
import { DAY, type Part, type Span } from "../world.ts";
import type { World } from "../write-world.ts";

/** The end of every suite's traffic: a Friday, so that weekends fall inside. */
export const UNTIL = Date.parse("2026-11-20T00:00:00Z");

/** Least share of a reported size that the range makes. */
const LEAST_SCALE = 1 / 1000;
/** Fewest accounts an operation is given where it is sized to its world. */
const LEAST_ACCOUNTS = 16;

/** An operation to put into a world. */
export interface Planting {
  readonly maker: CampaignMaker;
  readonly dials?: Partial<Dials>;
  /** Accounts it should have; sized by `exchanges` where absent. */
  readonly accounts?: number;
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
  /** Share of the reported sizes for every operation; sized by `exchanges` where undefined. */
  readonly scale: number | undefined;
}

/** Sets people, operations and look-alikes into one world. */
export function stageWorld(stage: Stage): World {
  const span: Span = { from: UNTIL - stage.days * DAY, until: UNTIL };
  const random = makeRandom(`${stage.name} ${stage.seed}`);
  const parts: Part[] = [people(random.fork("people"), span, stage.people)];
  for (const planting of stage.plantings) {
    const { maker, dials } = planting;
    const scale = scaleOf(planting, stage);
    const place = { span, id: maker.id, scale, ...(dials === undefined ? {} : { dials }) };
    parts.push(maker.make(random.fork(`operation ${maker.id}`), place));
  }
  for (const [i, { family, make }] of stage.lookalikes.entries()) {
    const place = { span, id: `look-alike-${i + 1}`, scale: stage.lookalikeScale };
    parts.push(make(random.fork(`look-alike ${family}`), place));
  }
  const expected =
    1.3 * stage.days * stage.people +
    stage.exchanges * stage.plantings.length +
    600 * stage.lookalikeScale * stage.lookalikes.length;
  return { seed: stage.seed, span, parts, expected: Math.round(expected) };
}

/** The share of its reported size that gives an operation the accounts or exchanges asked for. */
function scaleOf({ maker, dials, accounts }: Planting, stage: Stage): number {
  const { reported } = maker;
  const clip = (scale: number): number => Math.min(1, Math.max(LEAST_SCALE, scale));
  if (accounts !== undefined) return clip(accounts / reported.accounts);
  if (stage.scale !== undefined) return clip(stage.scale);
  const perDay = dials?.perDay ?? reported.exchanges / reported.accounts / reported.days;
  const each = perDay * Math.min(reported.days, stage.days);
  return clip(Math.max(LEAST_ACCOUNTS, stage.exchanges / each) / reported.accounts);
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
