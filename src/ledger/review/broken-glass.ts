import { z } from "zod";
import type { Ledger } from "../open-ledger.ts";
import { STEPS } from "../tables.ts";

/** A step that somebody took breaking glass. */
export interface BrokenGlass extends z.infer<typeof detailsShape> {
  /** ISO 8601. */
  readonly time: string;
  readonly by: string;
  /** `c7`. */
  readonly case: string;
  /** The case's lineage. */
  readonly lineage: string;
}

const BROKEN = "glass.broken";
const detailsShape = z.object({
  proposal: z.int(),
  step: z.enum(STEPS),
  ends: z.string(),
  accounts: z.array(z.string()).readonly(),
  over: z.array(z.string()).readonly(),
});
const reviewShape = detailsShape.pick({ proposal: true });

/**
 * Steps that were taken breaking glass, by the audit: those recorded after one row and up to another, in order. Where
 * `after` is null, those that nobody else has looked at.
 */
export function readBrokenGlass(
  ledger: Ledger,
  { after, upTo }: { readonly after: number | null; readonly upTo: number },
): Promise<readonly BrokenGlass[]> {
  return ledger.read(async (store) => {
    const rows = await store
      .selectFrom("audit")
      .select(["time", "actor", "action", "object", "details"])
      .where("action", "in", [BROKEN, "glass.reviewed"])
      .where("sequence", ">", after ?? 0)
      .where("sequence", "<=", upTo)
      .orderBy("sequence")
      .execute();
    const said = rows.map((row) => ({ ...row, details: JSON.parse(row.details) as unknown }));
    const reviewed = new Set(
      said.map(({ action, details }) =>
        action === BROKEN ? undefined : reviewShape.parse(details).proposal,
      ),
    );
    const broken = said
      .filter(({ action }) => action === BROKEN)
      .map(({ details, ...row }) => ({ row, details: detailsShape.parse(details) }))
      .filter(({ details }) => after !== null || !reviewed.has(details.proposal));
    if (broken.length === 0) return [];
    const cases = await store.selectFrom("cases").select(["number", "lineage"]).execute();
    const lineages = new Map(cases.map(({ number, lineage }) => [`case:c${number}`, lineage]));
    return broken.map(({ row: { time, actor, object }, details }) => ({
      ...details,
      time,
      by: actor.replace(/^user:/, ""),
      case: object.replace(/^case:/, ""),
      lineage: lineages.get(object) ?? "",
    }));
  });
}
