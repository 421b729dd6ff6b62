import type { Agreement } from "../../core/agreement.ts";
import type { AccountLine, Actor, Part } from "../world.ts";

/** One look-alike, as its family made it. */
export interface Lookalike {
  readonly id: string;
  readonly family: string;
  /** Lines of its accounts, later versions included. */
  readonly lines: readonly AccountLine[];
  readonly actors: readonly Actor[];
  /** Lines that belong to it but send nothing, as a parent account. */
  readonly silent?: readonly AccountLine[];
  readonly agreements?: readonly Agreement[];
}

/** The part of a world that one look-alike is: its accounts, its actors, and its truth. */
export function gather(lookalike: Lookalike): Part {
  const { id, family, lines, actors, silent = [], agreements } = lookalike;
  return {
    accounts: [...silent, ...lines],
    actors,
    lookalikes: [{ id, family, accounts: [...new Set(lines.map((line) => line.account))] }],
    ...(agreements === undefined ? {} : { agreements }),
  };
}

/** A look-alike of several small groups, each with a truth of its own: their parts as one. */
export function gatherAll(parts: readonly Part[]): Part {
  const agreements = parts.flatMap((part) => part.agreements ?? []);
  return {
    accounts: parts.flatMap((part) => part.accounts),
    actors: parts.flatMap((part) => part.actors),
    lookalikes: parts.flatMap((part) => part.lookalikes ?? []),
    ...(agreements.length === 0 ? {} : { agreements }),
  };
}
