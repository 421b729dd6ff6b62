import { chmod, link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";

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
  /** Of fingerprints and of records. The newest is last and current; older ones stay so that what they made can be told. */
  keys: keysShape,
  /** Those that wrap the keys of texts, once they have been rotated. The newest is last. */
  wrapping: keysShape.optional(),
});

/** What `secrets.json` holds; keys in hexadecimal. */
export type Secrets = z.infer<typeof secretsShape>;
/** One of its keys. */
export type SecretKey = Secrets["keys"][number];

/** The secrets of a folder, made by `make` where there are none. Throws SW_DATA_UNUSABLE where the file is open to group or others, is damaged, or cannot be made. */
export async function openSecrets(folder: string, make: () => Secrets): Promise<Secrets> {
  const path = join(folder, SECRETS_FILE);
  return guarded(path, async () => {
    const text = await readIfThere(path);
    if (text !== undefined) return parsed(path, text);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeAnd(path, make(), (draft) =>
      // A second process that comes first wins, and both agree.
      link(draft, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      }),
    );
    return parsed(path, await readFile(path, "utf8"));
  });
}

/** Replaces the secrets of a folder, whole or not at all. Throws SW_DATA_UNUSABLE. */
export async function replaceSecrets(folder: string, secrets: Secrets): Promise<void> {
  const path = join(folder, SECRETS_FILE);
  await guarded(path, () => writeAnd(path, secrets, (draft) => rename(draft, path)));
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? "unknown", error);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
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

/** Writes a file beside, durably, and lets `place` put it where it belongs. */
async function writeAnd(
  path: string,
  secrets: Secrets,
  place: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}.part`;
  const file = await open(draft, "w", 0o600);
  try {
    await chmod(draft, 0o600);
    await file.writeFile(`${JSON.stringify(secrets, undefined, 2)}\n`);
    await file.sync();
    await place(draft);
    const folder = await open(dirname(path), "r");
    await folder.sync();
    await folder.close();
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
}

function parsed(path: string, text: string): Secrets {
  try {
    return secretsShape.parse(JSON.parse(text));
  } catch {
    // The cause is left out: it may quote the key.
    throw unusable(path, "it is not a list of keys; restore it, since fingerprints depend on it");
  }
}

function unusable(path: string, reason: string, cause?: unknown): StillwatchError {
  return new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
}
