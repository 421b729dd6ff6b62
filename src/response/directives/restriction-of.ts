import type { Directive } from "../../ledger/directives/read-directives.ts";
import { directiveId } from "../../ledger/directives/read-directives.ts";
import type { Holding, Standing, Standings } from "../../ledger/directives/standings.ts";
import type { Scope } from "../../ledger/directives/tables.ts";
import type { Asked, Decision } from "../decision-table.ts";

/** What is told to gateways, and to somebody who was turned away: by which directive, in counsel's words, and what they can do. */
export interface DirectiveNotice {
  readonly directive: string;
  /** Exact names, or beginnings of names with `*` at the end. */
  readonly models: readonly string[];
  /** ISO 8601; null: it is a draft. */
  readonly begins: string | null;
  /** ISO 8601; null: until it is lifted. */
  readonly ends: string | null;
  readonly words: string;
  readonly remedy: string;
}

/** Who asks, and what is known of them. */
export interface Question {
  readonly asked: Asked;
  readonly holding: Holding;
  readonly standings: Standings;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** How a directive turns somebody away. */
export interface Refused {
  readonly directive: number;
  readonly why: "in" | "unknown";
  readonly decision: Decision;
}

/** One directive, ready to be asked: all of it in memory. */
export interface Restriction {
  readonly notice: DirectiveNotice;
  /** Whether a model is one of its. One that isn't named may be: it is. */
  covers(model: string | undefined): boolean;
  /** How it sees somebody, whatever the model and the time of its window. `outside`: of a population that it doesn't bind. */
  seen(question: Question): Standing | "exempt" | "outside";
  /** What it does about somebody so seen; undefined: nothing. */
  actOn(seen: Standing | "exempt" | "outside"): Refused | undefined;
  /** The same at a request: undefined where it doesn't bind this model, at this time, this person. */
  refuse(question: Question): Refused | undefined;
  /** The same where nothing newer is known: what it covers is denied to all whom it binds. */
  refuseStale(question: Question): Refused | undefined;
}

/** Makes a directive ready to be asked. Costs a few lookups in maps to ask. */
export function restrictionOf(directive: Directive): Restriction {
  const { number, populations, exemptions, unknowns, ends } = directive;
  const exact = new Set(directive.models);
  const beginnings = directive.models.flatMap((model) =>
    model.endsWith("*") ? [model.slice(0, -1)] : [],
  );
  const exempt = new Map(
    exemptions.map(({ scope, name, person, until }) => [
      whomKey(scope, name, person),
      Date.parse(until),
    ]),
  );
  // Nodes' clocks differ: what begins when it is put in force holds for each as it hears of it.
  const from = directive.begins === null ? -Infinity : Date.parse(directive.begins);
  const until = ends === null ? Infinity : Date.parse(ends);
  const refusedBy = (why: Refused["why"], action: Decision["action"], reason: string): Refused => {
    const id = directiveId(number);
    const nothing = { case: null, decision: null };
    return {
      directive: number,
      why,
      decision: { action, reason, expires: ends, directive: id, ...nothing },
    };
  };
  const denied = refusedBy("in", "deny", "directive");
  const stale = refusedBy("unknown", "deny", "directive_stale");
  const asUnknown =
    unknowns === "allow" ? undefined : refusedBy("unknown", unknowns, "directive_unknown");
  const isExempt = ({ asked, holding, time }: Question): boolean =>
    exempt.size > 0 &&
    [asked.person ?? "", ""].some(
      (person) =>
        holdsUntil(exempt, "account", asked.account, person) > time ||
        holdsUntil(exempt, "organization", holding.organization, person) > time,
    );
  const covers = (model: string | undefined): boolean =>
    model === undefined ||
    exact.has(model) ||
    beginnings.some((beginning) => model.startsWith(beginning));
  const holds = ({ asked, time }: Question): boolean =>
    covers(asked.model) && from <= time && time < until;
  const seen: Restriction["seen"] = (question) => {
    const { asked, holding, standings, time } = question;
    if (!populations.includes(holding.population)) return "outside";
    if (isExempt(question)) return "exempt";
    return standings.standing(asked, holding, directive.class, time);
  };
  const actOn: Restriction["actOn"] = (as) =>
    as === "in" ? denied : as === "unknown" ? asUnknown : undefined;
  return {
    notice: {
      directive: directiveId(number),
      models: directive.models,
      begins: directive.begins ?? directive.enforced,
      ends,
      words: directive.words,
      remedy: directive.remedy,
    },
    covers,
    seen,
    actOn,
    refuse: (question) => (holds(question) ? actOn(seen(question)) : undefined),
    refuseStale: (question) =>
      holds(question) && populations.includes(question.holding.population) ? stale : undefined,
  };
}

function holdsUntil(
  exempt: ReadonlyMap<string, number>,
  scope: Scope,
  name: string | undefined,
  person: string,
): number {
  return name === undefined ? -Infinity : (exempt.get(whomKey(scope, name, person)) ?? -Infinity);
}

function whomKey(scope: Scope, name: string, person: string): string {
  return `${scope}\0${name}\0${person}`;
}
