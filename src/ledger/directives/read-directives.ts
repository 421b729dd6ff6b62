import { StillwatchError } from "../../core/errors.ts";
import type { DirectiveChange, DirectiveStore } from "./open-directives.ts";
import type { DirectiveRow, ExemptionRow, Population } from "./tables.ts";

/** An access restriction imposed from outside: models × class of persons × window, in counsel's words. */
export interface Directive extends Omit<DirectiveRow, "models" | "populations"> {
  /** Exact names, or beginnings of names with `*` at the end. */
  readonly models: readonly string[];
  readonly populations: readonly Population[];
  readonly exemptions: readonly ExemptionRow[];
}

/** All directives, the newest first. */
export function readDirectives(store: DirectiveStore): Promise<readonly Directive[]> {
  return store.read(async (tables) => {
    const rows = await tables
      .selectFrom("directives")
      .selectAll()
      .orderBy("number", "desc")
      .execute();
    const exemptions = await tables
      .selectFrom("exemptions")
      .selectAll()
      .orderBy("scope")
      .orderBy("name")
      .orderBy("person")
      .execute();
    return rows.map((row) =>
      withLists(
        row,
        exemptions.filter(({ directive }) => directive === row.number),
      ),
    );
  });
}

/** One directive. Throws SW_DIRECTIVE_UNKNOWN. */
export async function readDirective(store: DirectiveStore, number: number): Promise<Directive> {
  const found = (await readDirectives(store)).find((one) => one.number === number);
  if (found === undefined) throw unknown(number);
  return found;
}

/** The row of a directive that is to be changed. Throws SW_DIRECTIVE_UNKNOWN. */
export async function directiveToChange(
  { tx }: DirectiveChange,
  number: number,
): Promise<DirectiveRow> {
  const row = await tx
    .selectFrom("directives")
    .selectAll()
    .where("number", "=", number)
    .executeTakeFirst();
  if (row === undefined) throw unknown(number);
  return row;
}

/** `dir3`, as it is written everywhere. */
export function directiveId(number: number): string {
  return `dir${number}`;
}

/** The number in `dir3`. Throws SW_DIRECTIVE_UNKNOWN where there is none. */
export function directiveNumber(id: string): number {
  const number = Number(/^(?:dir)?([1-9]\d{0,8})$/.exec(id)?.[1] ?? 0);
  if (number === 0) throw new StillwatchError("SW_DIRECTIVE_UNKNOWN", { id });
  return number;
}

function withLists(row: DirectiveRow, exemptions: readonly ExemptionRow[]): Directive {
  return {
    ...row,
    models: JSON.parse(row.models) as string[],
    populations: JSON.parse(row.populations) as Population[],
    exemptions,
  };
}

function unknown(number: number): StillwatchError {
  return new StillwatchError("SW_DIRECTIVE_UNKNOWN", { id: directiveId(number) });
}
