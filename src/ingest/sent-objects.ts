import { createHash } from "node:crypto";
import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import { StillwatchError } from "../core/errors.ts";
import type { StoredObject } from "./object-store.ts";

/** Which objects were sent, kept in a file: a line each, a hash of key and etag. */
export interface SentObjects {
  has(object: StoredObject): boolean;
  add(object: StoredObject): Promise<void>;
  /** Forgets all but these, which are all there are, where most are gone. */
  keepOnly(present: readonly StoredObject[]): Promise<void>;
}

/** 96 bits: two of a billion objects have the same with a probability of 10⁻¹¹. */
const MARK_CHARACTERS = 16;

/** Reads the list; none is an empty one. A last line that was torn is left out: its object is sent again. Throws SW_OUTPUT_UNWRITABLE. */
export async function openSentObjects(path: string): Promise<SentObjects> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw unwritable(path, error);
  });
  const marks = new Set(text.split("\n").filter((line) => line.length === MARK_CHARACTERS));
  const write = async (): Promise<void> => {
    await writeFile(`${path}.part`, [...marks, ""].join("\n"), { mode: 0o600 });
    await rename(`${path}.part`, path);
  };
  const trying = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      throw unwritable(path, error);
    });
  if (text !== "" && !text.endsWith("\n")) await trying(write());
  return {
    has: (object) => marks.has(markOf(object)),
    async add(object) {
      marks.add(markOf(object));
      await trying(appendFile(path, `${markOf(object)}\n`, { mode: 0o600 }));
    },
    async keepOnly(present) {
      if (marks.size < 2 * present.length + MARK_CHARACTERS) return;
      const kept = new Set(present.map(markOf));
      for (const mark of marks) if (!kept.has(mark)) marks.delete(mark);
      await trying(write());
    },
  };
}

function markOf({ key, etag }: StoredObject): string {
  const hash = createHash("sha256").update(`${key}\n${etag}`).digest("base64url");
  return hash.slice(0, MARK_CHARACTERS);
}

function unwritable(path: string, cause: unknown): StillwatchError {
  const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
  return new StillwatchError("SW_OUTPUT_UNWRITABLE", { path, reason }, cause);
}
