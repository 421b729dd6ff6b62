import { StillwatchError } from "../core/errors.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { parquetLines } from "../warehouse/statements.gen.ts";
import type { Damage } from "./damage.ts";
import { engineLines } from "./engine-lines.ts";

/** Rows of a Parquet file as NDJSON, its columns named as the fields of a canonical line. The engine reads it. */
export async function* readParquet(
  warehouse: Warehouse,
  path: string,
): AsyncGenerator<Buffer | Damage> {
  try {
    yield* engineLines(warehouse.bytes(parquetLines, { path }));
  } catch (error) {
    if (!(error instanceof StillwatchError) || error.code !== "SW_WAREHOUSE_FAILED") throw error;
    yield { damage: "Parquet cannot be read further" };
  }
}
