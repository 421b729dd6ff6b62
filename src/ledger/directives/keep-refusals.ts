import { hash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import { pieces } from "../pieces.ts";
import type { AuditProblem } from "../verify-audit.ts";
import type { DirectiveChange, DirectiveStore } from "./open-directives.ts";
import { directiveId } from "./read-directives.ts";
import type { RefusalRow } from "./tables.ts";

const SEALED = "refusals.sealed";

const sealShape = z.object({ day: z.string(), refusals: z.int(), sha256: z.string() });
type Seal = z.infer<typeof sealShape> & { readonly directive: string; readonly sequence: number };

/** Adds counts to those that are kept. */
export async function writeRefusals(
  store: DirectiveStore,
  rows: readonly RefusalRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await store.change(async ({ tx }) => {
    for (const some of pieces(rows)) {
      await tx
        .insertInto("refusals")
        .values(some)
        .onConflict((conflict) =>
          conflict
            .columns(["directive", "day", "account", "person", "model", "why"])
            .doUpdateSet((of) => ({
              action: of.ref("excluded.action"),
              first: sql<string>`CASE WHEN excluded.first < refusals.first THEN excluded.first ELSE refusals.first END`,
              last: sql<string>`CASE WHEN excluded.last > refusals.last THEN excluded.last ELSE refusals.last END`,
              count: sql<number>`refusals.count + excluded.count`,
            })),
        )
        .execute();
    }
  });
}

/** Whom a directive turned away, by day, then by what is most. */
export function readRefusals(
  store: DirectiveStore,
  directive: number,
): Promise<readonly RefusalRow[]> {
  return store.read((tables) =>
    tables
      .selectFrom("refusals")
      .selectAll()
      .where("directive", "=", directive)
      .orderBy("day")
      .orderBy("count", "desc")
      .orderBy("account")
      .orderBy("person")
      .orderBy("model")
      .orderBy("why")
      .execute(),
  );
}

/**
 * Writes into the audit, for each directive and UTC day before the given one (`YYYY-MM-DD`), how many refusals there were
 * and the SHA-256 over their rows; again where some came in late. So the audit grows by a row a directive and day,
 * however many were turned away.
 */
export async function sealRefusals(store: DirectiveStore, before: string): Promise<void> {
  await store.change(async ({ tx, record }) => {
    const sealed = new Map(
      (await readSeals(tx)).map((seal) => [`${seal.directive} ${seal.day}`, seal]),
    );
    const days = await tx
      .selectFrom("refusals")
      .select(["directive", "day", sql<number>`CAST(sum(count) AS BIGINT)`.as("refusals")])
      .where("day", "<", before)
      .groupBy(["directive", "day"])
      .orderBy("directive")
      .orderBy("day")
      .execute();
    for (const { directive, day, refusals } of days) {
      const id = directiveId(directive);
      if (sealed.get(`${id} ${day}`)?.refusals === refusals) continue;
      const details = { day, refusals, sha256: await hashOf(tx, directive, day) };
      record({ actor: "system:directives", action: SEALED, object: `directive:${id}`, details });
    }
  });
}

/** Days whose refusals are not what the audit says they were. */
export function refusalProblems(store: DirectiveStore): Promise<readonly AuditProblem[]> {
  return store.read(async (tables) => {
    const latest = new Map(
      (await readSeals(tables)).map((seal) => [`${seal.directive} ${seal.day}`, seal]),
    );
    const problems: AuditProblem[] = [];
    for (const { directive, day, sha256, sequence } of latest.values()) {
      const number = Number(directive.replace(/^dir/, ""));
      if ((await hashOf(tables, number, day)) !== sha256) {
        const problem = `says what ${directive} refused on ${day}, and those rows were changed since`;
        problems.push({ sequence, problem });
      }
    }
    return problems;
  });
}

type Reading = Pick<DirectiveChange["tx"], "selectFrom">;

async function readSeals(tables: Reading): Promise<readonly Seal[]> {
  const rows = await tables
    .selectFrom("audit")
    .select(["sequence", "object", "details"])
    .where("action", "=", SEALED)
    .orderBy("sequence")
    .execute();
  return rows.map(({ sequence, object, details }) => ({
    ...sealShape.parse(JSON.parse(details)),
    directive: object.replace(/^directive:/, ""),
    sequence,
  }));
}

async function hashOf(tables: Reading, directive: number, day: string): Promise<string> {
  const rows = await tables
    .selectFrom("refusals")
    .selectAll()
    .where("directive", "=", directive)
    .where("day", "=", day)
    .execute();
  // Sorted here: databases differ in how they sort text.
  return hash(
    "sha256",
    rows
      .map((row) => canonicalJson({ ...row }))
      .toSorted()
      .join("\n"),
  );
}
