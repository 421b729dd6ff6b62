import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** An object as its store lists it. */
export interface StoredObject {
  /** Its name, in a folder its path from there. */
  readonly key: string;
  /** Changes when its content does. */
  readonly etag: string;
}

/** Whole logs, written once each: a bucket or a folder. */
export interface ObjectStore {
  /** All there are, by name, a page at a time. Throws SW_STORE_REFUSED, and SW_STORE_AWAY where asking again may help. */
  list(): AsyncIterable<readonly StoredObject[]>;
  /** What an object holds; undefined where it is gone or archived. Throws as `list`. */
  read(key: string): Promise<AsyncIterable<Buffer> | undefined>;
}

/** The files in a folder and those below it; names that begin with a dot are left out. */
export function openFolder(folder: string): ObjectStore {
  return {
    async *list() {
      const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
        (cause: unknown) => {
          throw refused(folder, cause);
        },
      );
      const paths = found
        .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
        .map(({ parentPath, name }) => join(parentPath, name));
      const objects: StoredObject[] = [];
      for (const path of paths.toSorted()) {
        const seen = await stat(path, { bigint: true }).catch(() => undefined);
        if (seen === undefined) continue;
        // Set by the machine at every change and move, unlike the time of modification.
        const etag = `${seen.ino}:${seen.size}:${seen.ctimeNs}`;
        objects.push({ key: path.slice(folder.length).replace(/^[/\\]+/, ""), etag });
      }
      yield objects;
    },
    async read(key) {
      const path = join(folder, key);
      const there = await stat(path).catch(() => undefined);
      return there === undefined ? undefined : (createReadStream(path) as AsyncIterable<Buffer>);
    },
  };
}

function refused(folder: string, cause: unknown): StillwatchError {
  const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
  return new StillwatchError("SW_STORE_REFUSED", { store: folder, reason }, cause);
}
