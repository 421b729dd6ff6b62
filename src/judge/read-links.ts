import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { ParametersOf } from "../warehouse/statement.ts";
import { continued, lateParts } from "../warehouse/statements.gen.ts";
import type { LatePart } from "./conversations.ts";
import type { TrafficRow } from "./traffic-row.ts";

/** What came of answers in another tick than their request, with the window's own times, in order. */
export async function readLateParts(
  warehouse: Warehouse,
  span: ParametersOf<typeof lateParts>,
): Promise<readonly LatePart[]> {
  const rows = await warehouse.rows(lateParts, span);
  return rows.map((row) => {
    const chain = BigInt(row.chain);
    return {
      time: row.time,
      askedAt: row.asked_at,
      id: BigInt(row.id_hash),
      chainLow: Number(chain & 0xffffffffn),
      chainHigh: Number(chain >> 32n),
      answerBytes: row.answer_bytes,
      outputTokens: row.output_tokens,
      finish: row.finish,
    };
  });
}

/** By hash of its id, of a request that names an earlier answer instead of repeating it: the chain of the request that was answered so. */
export async function readParents(
  warehouse: Warehouse,
  span: ParametersOf<typeof continued>,
): Promise<ReadonlyMap<bigint, bigint>> {
  const rows = await warehouse.rows(continued, span);
  return new Map(rows.map((row) => [BigInt(row.id_hash), BigInt(row.parent)]));
}

/** Gives a row its parent, where it is known by its id alone. */
export function adopt(row: TrafficRow, parents: ReadonlyMap<bigint, bigint>): void {
  const parent = parents.get((BigInt(row.idHigh) << 32n) | BigInt(row.idLow));
  if (parent === undefined) return;
  row.parentLow = Number(parent & 0xffffffffn);
  row.parentHigh = Number(parent >> 32n);
}
