import { StillwatchError } from "../core/errors.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { parquetLines } from "../warehouse/statements.gen.ts";
import type { Damage } from "./damage.ts";

const NEWLINE = Buffer.from("\n");

/**
 * Rows of a Parquet file as NDJSON, its columns named as the fields of a canonical line. The engine reads it;
 * each row comes as one RowBinary string: its length as a varint, then its bytes.
 */
export async function* readParquet(
  warehouse: Warehouse,
  path: string,
): AsyncGenerator<Buffer | Damage> {
  try {
    let held: Buffer[] = [];
    let heldBytes = 0;
    let wanted = 1;
    for await (const chunk of warehouse.bytes(parquetLines, { path })) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes < wanted) continue;
      const cut = cutRows(Buffer.concat(held));
      if (cut.lines.length > 0) yield Buffer.concat(cut.lines);
      held = [cut.rest];
      heldBytes = cut.rest.length;
      wanted = cut.wanted;
    }
  } catch (error) {
    if (!(error instanceof StillwatchError) || error.code !== "SW_WAREHOUSE_FAILED") throw error;
    yield { damage: "Parquet cannot be read further" };
  }
}

/** Whole rows as lines, what is left over, and how many bytes it needs to become a row. */
function cutRows(bytes: Buffer): { lines: Buffer[]; rest: Buffer; wanted: number } {
  const lines: Buffer[] = [];
  for (let at = 0; ;) {
    let length = 0;
    let scale = 1;
    let start = at;
    let known = false;
    while (start < bytes.length && !known) {
      const byte = bytes[start++] ?? 0;
      length += (byte & 0x7f) * scale;
      scale *= 128;
      known = byte < 128;
    }
    const end = start + length;
    if (!known || end > bytes.length) {
      return { lines, rest: bytes.subarray(at), wanted: (known ? end : start + 1) - at };
    }
    lines.push(bytes.subarray(start, end), NEWLINE);
    at = end;
  }
}
