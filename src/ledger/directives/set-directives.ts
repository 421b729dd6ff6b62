import { StillwatchError } from "../../core/errors.ts";
import type { Counsel } from "./counsel.ts";
import type { DirectiveStore } from "./open-directives.ts";
import { directiveId, directiveToChange } from "./read-directives.ts";
import type { DirectiveRow, ExemptionRow, Population, Scope, Unknowns } from "./tables.ts";

/** A directive to be drafted. */
export interface Draft {
  /** A word of counsel's own, as attestations use it. */
  readonly class: string;
  /** Exact names, or beginnings of names with `*` at the end. */
  readonly models: readonly string[];
  readonly populations: readonly Population[];
  readonly unknowns: Unknowns;
  /** ISO 8601; absent: from when it is put in force. */
  readonly begins?: string | undefined;
  /** ISO 8601; absent: until it is lifted. */
  readonly ends?: string | undefined;
  /** What is told to whoever is turned away. */
  readonly words: string;
  /** What they can do about it. */
  readonly remedy: string;
  readonly by: Counsel;
}

/** What whoever is turned away can do, unless counsel says otherwise. */
export const REMEDY =
  "If this should not be about you, have your organization, or us, attest it; then ask again.";

/** A class's name: short, and fit for every file. */
export const CLASS_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** A model's name, or the beginning of some with one `*` at its end. */
const MODEL = /^[^\s*]{0,200}\*?$/;
const MOST_MODELS = 100;
const MOST_WORDS = 10_000;

/** Drafts a directive, which binds nobody yet. Answers its number. Throws SW_DIRECTIVE_INVALID. */
export async function draftDirective(store: DirectiveStore, draft: Draft): Promise<number> {
  const { by, begins = null, ends = null } = draft;
  assertSound(draft);
  return store.change(async ({ tx, time, record }) => {
    const last = await tx
      .selectFrom("directives")
      .select((of) => of.fn.max("number").as("n"))
      .executeTakeFirst();
    const number = (last?.n ?? 0) + 1;
    const said = {
      class: draft.class,
      unknowns: draft.unknowns,
      begins,
      ends,
      words: draft.words,
      remedy: draft.remedy,
    };
    const row: DirectiveRow = {
      number,
      state: "draft",
      ...said,
      models: JSON.stringify(draft.models),
      populations: JSON.stringify(draft.populations),
      drafted: time,
      drafted_by: by.actor,
      enforced: null,
      enforced_by: null,
      lifted: null,
      lifted_by: null,
    };
    await tx.insertInto("directives").values(row).execute();
    const details = { ...said, models: draft.models, populations: draft.populations };
    const object = objectOf(number);
    record({ actor: by.actor, action: "directive.drafted", object, details });
    return number;
  });
}

/** Puts a draft in force, now or from when its window begins. Throws SW_DIRECTIVE_UNKNOWN, SW_DIRECTIVE_STATE. */
export async function enforceDirective(
  store: DirectiveStore,
  { number, by }: { number: number; by: Counsel },
): Promise<void> {
  await store.change(async (change) => {
    const { tx, time, record } = change;
    const { state, ends } = await directiveToChange(change, number);
    if (state !== "draft") throw wrongState(number, state, "put in force");
    if (ends !== null && ends <= time) throw invalid("its window has ended already");
    const facts = { state: "in_force", enforced: time, enforced_by: by.actor } as const;
    await tx.updateTable("directives").set(facts).where("number", "=", number).execute();
    record({ actor: by.actor, action: "directive.enforced", object: objectOf(number) });
  });
}

/** Lifts a directive, or drops a draft: from now on it binds nobody. Throws SW_DIRECTIVE_UNKNOWN, SW_DIRECTIVE_STATE. */
export async function liftDirective(
  store: DirectiveStore,
  { number, reason, by }: { number: number; reason: string; by: Counsel },
): Promise<void> {
  await store.change(async (change) => {
    const { tx, time, record } = change;
    const { state } = await directiveToChange(change, number);
    if (state === "lifted") throw wrongState(number, state, "lifted again");
    const facts = { state: "lifted", lifted: time, lifted_by: by.actor } as const;
    await tx.updateTable("directives").set(facts).where("number", "=", number).execute();
    const details = { reason, from: state };
    record({ actor: by.actor, action: "directive.lifted", object: objectOf(number), details });
  });
}

/** Exempts a person, or all of an account or organization, until then; said again, it holds until then instead. Throws SW_DIRECTIVE_UNKNOWN, SW_DIRECTIVE_STATE, SW_DIRECTIVE_INVALID. */
export async function exemptFrom(
  store: DirectiveStore,
  wanted: {
    readonly number: number;
    readonly scope: Scope;
    readonly name: string;
    /** Absent: all of it. */
    readonly person?: string | undefined;
    /** ISO 8601. Now or earlier ends an exemption. */
    readonly until: string;
    readonly reason: string;
    readonly by: Counsel;
  },
): Promise<void> {
  const { number, scope, name, person = "", until, reason, by } = wanted;
  if (name === "") throw invalid("an exemption names an account or an organization");
  await store.change(async (change) => {
    const { tx, time, record } = change;
    const { state } = await directiveToChange(change, number);
    if (state === "lifted") throw wrongState(number, state, "changed");
    const said = { until, reason, made: time, made_by: by.actor };
    const row: ExemptionRow = { directive: number, scope, name, person, ...said };
    await tx
      .insertInto("exemptions")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["directive", "scope", "name", "person"]).doUpdateSet(said),
      )
      .execute();
    const details = { scope, name, person, until, reason };
    record({ actor: by.actor, action: "directive.exempted", object: objectOf(number), details });
  });
}

function assertSound(draft: Draft): void {
  const { models, populations, begins, ends, words, remedy } = draft;
  if (!CLASS_NAME.test(draft.class))
    throw invalid("its class is no word of small letters, digits and _");
  if (models.length === 0 || models.length > MOST_MODELS)
    throw invalid(`it names ${models.length} models, and takes 1 to ${MOST_MODELS}`);
  const odd = models.find((model) => model === "" || !MODEL.test(model));
  if (odd !== undefined)
    throw invalid(`model ${odd}: give a name, or the beginning of names and one * at its end`);
  if (populations.length === 0) throw invalid("it binds nobody: name a population");
  if (words.trim() === "" || words.length > MOST_WORDS || remedy.length > MOST_WORDS)
    throw invalid(`its words are missing, or longer than ${MOST_WORDS} characters`);
  if (begins !== undefined && ends !== undefined && ends <= begins)
    throw invalid("its window ends before it begins");
}

function objectOf(number: number): string {
  return `directive:${directiveId(number)}`;
}

function wrongState(number: number, state: DirectiveRow["state"], to: string): StillwatchError {
  const id = directiveId(number);
  const now = state === "in_force" ? "in force" : state === "draft" ? "a draft" : "lifted";
  return new StillwatchError("SW_DIRECTIVE_STATE", { id, state: now, to });
}

function invalid(reason: string): StillwatchError {
  return new StillwatchError("SW_DIRECTIVE_INVALID", { reason });
}
