import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { type AuditKey, auditKeyId } from "./audit-key.ts";

/** The keys that a ledger needs and its store must not hold. Nodes that share a PostgreSQL ledger share them. */
export interface LedgerKeys {
  /** Signs the audit (Ed25519). */
  readonly signing: { readonly id: string; readonly key: KeyObject };
  /** Every public key that ever signed here, the current one last. */
  readonly auditKeys: readonly AuditKey[];
  /** Wraps the keys of preserved evidence: 32 bytes for AES-256-GCM. */
  readonly wrapping: Buffer;
}

/** Where the ledger's keys are in a data folder. */
export const LEDGER_KEYS_FILE = "ledger-keys.json";

const shape = z.strictObject({
  version: z.literal(1),
  /** PKCS #8 in base64; the newest is last and signs. */
  signing: z.array(z.base64()).min(1),
  wrapping: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * The keys of a data folder's store, from `ledger-keys.json` or the file named (mode 0600), made on first use.
 * Throws SW_DATA_UNUSABLE where the file is open to group or others, is damaged, or can't be made.
 */
export async function loadLedgerKeys(folder: string, file = LEDGER_KEYS_FILE): Promise<LedgerKeys> {
  const path = join(folder, file);
  try {
    return keysOf(path, (await readKeys(path)) ?? (await makeKeys(folder, path)));
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? "unknown", error);
  }
}

async function readKeys(path: string): Promise<string | undefined> {
  try {
    if (((await stat(path)).mode & 0o077) !== 0)
      throw unusable(path, "others may read it; set it to mode 0600");
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes a file beside and links it into place: of two processes the first wins, and both agree. */
async function makeKeys(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync("ed25519");
  const signing = [privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")];
  const wrapping = randomBytes(32).toString("hex");
  const draft = `${path}.${randomBytes(8).toString("hex")}.part`;
  const file = await open(draft, "w", 0o600);
  try {
    await chmod(draft, 0o600);
    await file.writeFile(`${JSON.stringify({ version: 1, signing, wrapping }, undefined, 2)}\n`);
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return readFile(path, "utf8");
}

function keysOf(path: string, text: string): LedgerKeys {
  try {
    const { signing, wrapping } = shape.parse(JSON.parse(text));
    const keys = signing.map((key) =>
      createPrivateKey({ key: Buffer.from(key, "base64"), format: "der", type: "pkcs8" }),
    );
    const auditKeys = keys.map((each) => {
      const key = createPublicKey(each);
      return { id: auditKeyId(key), key };
    });
    const signs = { id: auditKeys.at(-1)!.id, key: keys.at(-1)! };
    return { signing: signs, auditKeys, wrapping: Buffer.from(wrapping, "hex") };
  } catch {
    // The cause is left out: it may quote a key.
    throw unusable(path, "it doesn't hold the ledger's keys; restore it from a backup");
  }
}

function unusable(path: string, reason: string, cause?: unknown): StillwatchError {
  return new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
}
