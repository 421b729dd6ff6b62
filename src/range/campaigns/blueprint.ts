import { OPEN, type Dials } from "../dials.ts";
import { runOperation } from "../operation.ts";
import type { OperationPlan, Software } from "../operation-plan.ts";
import type { Random } from "../random.ts";
import { DAY, type Part, type Place, type Span } from "../world.ts";

/** Makes one kind of operation. `reported` is its published size; what wasn't published is set by the nearest case. */
export interface CampaignMaker {
  readonly id: string;
  readonly name: string;
  readonly reported: {
    readonly accounts: number;
    readonly exchanges: number;
    readonly days: number;
  };
  readonly make: (random: Random, place: Place) => Part;
}

/** One operation's place: as `Place`, with its size in accounts and, where it isn't drawn, its window. */
export interface Site {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly window?: Span;
  readonly dials?: Partial<Dials>;
}

/** An operation as it was reported: its size, the dials it had, and what it did. */
export interface Blueprint extends Omit<CampaignMaker, "make"> {
  readonly dials: Partial<Dials>;
  readonly plan: (site: {
    readonly span: Span;
    readonly window: Span;
    readonly accounts: number;
    /** A program's usual profile, drawn for this operation. */
    readonly plain: Software;
  }) => Pick<OperationPlan, "work"> & Partial<OperationPlan>;
}

/** Draws a program's usual profile against the chat models: every operation has one. */
export function drawSoftware(random: Random): Software {
  return {
    dialects: ["openai-chat", "anthropic"],
    model: "orion-4",
    settings: {
      temperature: random.pick([0.6, 0.7, 0.8, 1]),
      maxTokens: random.pick([4096, 8192, 8192, 16_000]),
    },
    sessions: random.chance(0.3),
  };
}

/** What a blueprint's accounts send a day while they work. */
export function reportedPace({ accounts, exchanges, days }: Blueprint["reported"]): number {
  return exchanges / accounts / days;
}

/** The window of an operation that lasts `days`: all of the world's where that is shorter, else somewhere in its first nine tenths. */
export function drawWindow(random: Random, span: Span, days: number): Span {
  const length = span.until - span.from;
  const own = Math.min(length, days * DAY);
  const from = span.from + random.next() * Math.max(0.02 * length, 0.9 * (length - own));
  return { from, until: Math.min(span.until, from + own) };
}

/** Runs a blueprint at a site. */
export function launch(random: Random, blueprint: Blueprint, site: Site): Part {
  const { span, id, accounts } = site;
  const window = site.window ?? drawWindow(random, span, blueprint.reported.days);
  const dials = {
    ...OPEN,
    perDay: reportedPace(blueprint.reported),
    ...blueprint.dials,
    ...site.dials,
  };
  const plain = drawSoftware(random.fork("software"));
  const plan = blueprint.plan({ span, window, accounts, plain });
  return runOperation(random, {
    id,
    name: blueprint.name,
    span,
    window,
    accounts,
    dials,
    software: plain,
    ...plan,
  });
}

/** The accounts at a scale: eight at least. */
export function scaled(accounts: number, scale: number): number {
  return Math.max(8, Math.round(accounts * scale));
}

/** A blueprint as a campaign of any scale. */
export function asCampaign(blueprint: Blueprint): CampaignMaker {
  const { id, name, reported } = blueprint;
  return {
    id,
    name,
    reported,
    make: (random, { scale, ...place }) =>
      launch(random, blueprint, { ...place, accounts: scaled(reported.accounts, scale) }),
  };
}
