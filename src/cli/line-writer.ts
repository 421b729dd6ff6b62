import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** Takes lines no faster than they are written. Throws SW_OUTPUT_UNWRITABLE. */
export interface LineWriter {
  readonly write: (lines: AsyncIterable<Buffer>) => Promise<void>;
  /** Makes a file whole under its name. */
  finish(): Promise<void>;
  /** Removes a file that did not become whole; harmless after `finish`. */
  abandon(): Promise<void>;
}

/** Writes lines to a stream as they come; what was written stays. */
export function streamLineWriter(stream: NodeJS.WritableStream, name: string): LineWriter {
  let failure: Error | undefined;
  stream.on("error", (error: Error) => {
    failure = error;
  });
  return {
    async write(lines) {
      for await (const piece of lines) {
        if (failure === undefined && !stream.write(piece))
          await once(stream, "drain").catch(() => {});
        if (failure !== undefined) throw unwritable(name, failure);
      }
    },
    finish: async () => {},
    abandon: async () => {},
  };
}

/** Writes a whole file or nothing: first beside it, then renamed into place. */
export function fileLineWriter(path: string): LineWriter {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const stream = createWriteStream(beside, { mode: 0o600 });
  const inner = streamLineWriter(stream, path);
  return {
    write: inner.write,
    async finish() {
      try {
        stream.end();
        await once(stream, "close");
        await rename(beside, path);
      } catch (error) {
        throw unwritable(path, error as Error);
      }
    },
    async abandon() {
      stream.destroy();
      await rm(beside, { force: true });
    },
  };
}

function unwritable(path: string, cause: Error): StillwatchError {
  const code = (cause as NodeJS.ErrnoException).code ?? cause.message;
  const reason = code === "ENOSPC" ? "the disk is full" : code === "EPIPE" ? "it was closed" : code;
  return new StillwatchError("SW_OUTPUT_UNWRITABLE", { path, reason }, cause);
}
