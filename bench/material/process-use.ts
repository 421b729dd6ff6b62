import { readdirSync, readFileSync } from "node:fs";

/** What a process has used so far: seconds of processor, and bytes of memory now. 0 where /proc is missing. */
export interface ProcessUse {
  readonly seconds: number;
  readonly bytes: number;
}

/** Reads /proc. */
export function processUse(pid: number): ProcessUse {
  const fields = readOr(`/proc/${pid}/stat`).split(") ")[1]?.split(" ");
  const seconds = (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) / 100;
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readOr(`/proc/${pid}/status`))?.[1];
  return { seconds, bytes: Number(kilobytes ?? 0) * 1024 };
}

/** The processes that a process started and that still run. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readOr(`/proc/${pid}/task/${task}/children`)
        .split(" ")
        .filter((child) => child !== "")
        .map(Number),
    );
  } catch {
    return [];
  }
}

/** A file's text, or nothing where it can't be read. */
export function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
