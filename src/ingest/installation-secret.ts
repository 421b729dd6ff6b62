import { hkdfSync, randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";

/** The key that fingerprints are made with, and the id stored beside them so that keys can be rotated. */
export interface InstallationSecret {
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Buffer;
  /** Keys that wrap the keys of texts, the newest last; derived from `key` until they are first rotated. */
  readonly wrapping?: readonly WrappingKey[];
}

/** A key that wraps the keys of texts, and its id. 32 bytes. */
export interface WrappingKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The secret in the form that the engine's sipHash64Keyed takes, as decimal UInt64. */
export interface SipKey {
  readonly k0: string;
  readonly k1: string;
}

const SECRETS_FILE = "secrets.json";

const keysShape = z
  .array(
    z.strictObject({
      id: z.string().min(1).max(64),
      key: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
    }),
  )
  .min(1);
const secretsShape = z.strictObject({
  version: z.literal(1),
  /** The newest is last and current; older ones stay so that what they made can be told. */
  keys: keysShape,
  /** Wrapping keys of texts, once they have been rotated. */
  wrapping: keysShape.optional(),
});

/**
 * The current secret of a data folder, from `secrets.json` (mode 0600), made on first use.
 * Throws SW_DATA_UNUSABLE where the file is open to group or others, is damaged, or cannot be made.
 */
export async function loadSecret(
  folder: string,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<InstallationSecret> {
  const path = join(folder, SECRETS_FILE);
  try {
    return currentOf(path, (await readSecrets(path)) ?? (await makeSecrets(folder, path, random)));
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? "unknown", error);
  }
}

/** The two halves of the secret's first 16 bytes. */
export function sipKeyOf(secret: InstallationSecret): SipKey {
  return {
    k0: secret.key.readBigUInt64LE(0).toString(),
    k1: secret.key.readBigUInt64LE(8).toString(),
  };
}

/** The keys that wrap the keys of texts, the newest last. */
export function wrappingKeysOf({ id, key, wrapping }: InstallationSecret): readonly WrappingKey[] {
  if (wrapping !== undefined) return wrapping;
  const derived = hkdfSync("sha256", key, "", "stillwatch: keys of texts", 32);
  return [{ id, key: Buffer.from(derived) }];
}

async function readSecrets(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw unusable(path, "others may read it; set it to mode 0600 and consider rotating its key");
    }
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes a file beside and links it into place: a second process that comes first wins, and both agree. */
async function makeSecrets(
  folder: string,
  path: string,
  random: (bytes: number) => Buffer,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = [{ id: random(4).toString("hex"), key: random(32).toString("hex") }];
  const draft = `${path}.${random(8).toString("hex")}.part`;
  const file = await open(draft, "w", 0o600);
  try {
    await chmod(draft, 0o600);
    await file.writeFile(`${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`);
    await file.sync();
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return await readFile(path, "utf8");
}

function currentOf(path: string, text: string): InstallationSecret {
  let parsed: z.infer<typeof secretsShape>;
  try {
    parsed = secretsShape.parse(JSON.parse(text));
  } catch {
    // The cause is left out: it may quote the key.
    throw unusable(path, "it is not a list of keys; restore it, since fingerprints depend on it");
  }
  const current = parsed.keys.at(-1);
  if (current === undefined) throw unusable(path, "it holds no key");
  const wrapping = parsed.wrapping?.map(keyOf);
  return { ...keyOf(current), ...(wrapping === undefined ? {} : { wrapping }) };
}

function keyOf({ id, key }: { readonly id: string; readonly key: string }): WrappingKey {
  return { id, key: Buffer.from(key, "hex") };
}

function unusable(path: string, reason: string, cause?: unknown): StillwatchError {
  return new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
}
