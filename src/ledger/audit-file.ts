import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { type Checkpoint, checkpointOf } from "./audit-chain.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { type AuditKey, auditKeyText, readAuditKey } from "./audit-key.ts";
import type { AuditedStore } from "./audited-store.ts";
import type { AuditRow, StoreTables } from "./tables.ts";

const PAGE = 1000;

/** The audit's rows in order, a page at a time. */
export async function* readAudit(ledger: AuditedStore<StoreTables>): AsyncGenerator<AuditRow> {
  for (let after = 0; ;) {
    const page = await ledger.read((store) =>
      store
        .selectFrom("audit")
        .selectAll()
        .where("sequence", ">", after)
        .orderBy("sequence")
        .limit(PAGE)
        .execute(),
    );
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.sequence;
  }
}

/** The audit's end, to be kept elsewhere; undefined where nothing was recorded. */
export async function latestCheckpoint(
  ledger: AuditedStore<StoreTables>,
): Promise<Checkpoint | undefined> {
  const row = await ledger.read((store) =>
    store.selectFrom("audit").selectAll().orderBy("sequence", "desc").limit(1).executeTakeFirst(),
  );
  return checkpointOf(row);
}

/** An audit as NDJSON: a head with the public keys, then a line a row, `details` as the JSON it is. */
export async function* auditLines(ledger: AuditedStore<StoreTables>): AsyncGenerator<string> {
  const keys = ledger.keys.auditKeys.map((key) => ({ id: key.id, pem: auditKeyText(key) }));
  yield `${JSON.stringify({ version: 1, keys })}\n`;
  for await (const row of readAudit(ledger)) {
    yield `${canonicalJson({ ...row, details: JSON.parse(row.details) as Json })}\n`;
  }
}

const headShape = z.strictObject({
  version: z.literal(1),
  keys: z.array(z.strictObject({ id: z.string(), pem: z.string() })),
});
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const rowShape = z.strictObject({
  sequence: z.int(),
  time: z.string(),
  actor: z.string(),
  action: z.string(),
  object: z.string(),
  details: z.record(z.string(), z.json()),
  previous: hex,
  hash: hex,
  signature: z.string().nullable(),
});

/** An exported audit: the keys that it brings itself, and its rows in the order of the file. */
export interface AuditFile {
  readonly keys: readonly AuditKey[];
  readonly rows: AsyncIterable<AuditRow>;
}

/** Opens what `auditLines` wrote. Throws SW_INPUT_MISSING, SW_AUDIT_UNREADABLE with the line. */
export async function openAuditFile(path: string): Promise<AuditFile> {
  const stream = createReadStream(path);
  const lines = createInterface({ input: stream, crlfDelay: Infinity })[Symbol.asyncIterator]();
  const missing = new Promise<never>((_, fail) => {
    stream.on("error", (cause) => fail(new StillwatchError("SW_INPUT_MISSING", { path }, cause)));
  });
  const first = await Promise.race([lines.next(), missing]);
  const head = parse(headShape, path, 1, first.value ?? "");
  return {
    keys: head.keys.map(({ pem }) => readAuditKey(path, pem)),
    rows: (async function* () {
      for (let line = 2; ; line++) {
        const { value, done } = await lines.next();
        if (done === true) return;
        const row = parse(rowShape, path, line, value);
        yield { ...row, details: canonicalJson(row.details) };
      }
    })(),
  };
}

function parse<T>(shape: z.ZodType<T>, path: string, line: number, text: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new StillwatchError("SW_AUDIT_UNREADABLE", { path, line });
  }
}
