import { readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { TokenRow } from "../ledger/caller-tables.ts";
import { importTokenRows } from "../ledger/token-rows.ts";

/** Where earlier versions kept tokens. */
const FILE = "tokens.json";

const shape = z.strictObject({
  version: z.literal(1),
  tokens: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.string()).min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      rate: z
        .strictObject({ lines: z.number().optional(), bytes: z.number().optional() })
        .optional(),
      created: z.iso.datetime(),
      revoked: z.iso.datetime().optional(),
    }),
  ),
});

/** Takes over what a `tokens.json` beside a ledger holds, once, and calls it `tokens.json.imported`. Throws SW_DATA_UNUSABLE where it is damaged or open to others: nobody is admitted by what anybody could have written. */
export async function importTokensFile(ledger: Ledger): Promise<void> {
  const path = join(ledger.dataDir, FILE);
  const rows = rowsIn(path);
  if (rows === undefined) return;
  await importTokenRows(ledger, rows);
  renameSync(path, `${path}.imported`);
}

function rowsIn(path: string): readonly TokenRow[] | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if ((found.mode & 0o077) !== 0) throw unusable(path, "others may read it; set it to mode 0600");
  try {
    return shape.parse(JSON.parse(readFileSync(path, "utf8"))).tokens.map((one) => ({
      id: one.id,
      name: one.name,
      scopes: JSON.stringify(one.scopes),
      sha256: one.sha256,
      line_rate: one.rate?.lines ?? null,
      byte_rate: one.rate?.bytes ?? null,
      created: one.created,
      revoked: one.revoked ?? null,
    }));
  } catch (error) {
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? "it is not a list of tokens");
  }
}

function unusable(path: string, reason: string): StillwatchError {
  return new StillwatchError("SW_DATA_UNUSABLE", { path, reason });
}
