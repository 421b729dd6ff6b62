import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";

/** Highest resident memory of this process and of each child so far, megabytes; children on Linux only. */
export interface PeakMemory {
  readonly own: number;
  readonly children: number;
}

/** Reads the kernel's high-water marks. A child that has ended no longer counts: read before closing. */
export function peakMemory(): PeakMemory {
  const own = Math.round(process.resourceUsage().maxRSS / 1024);
  let children = 0;
  for (const pid of childrenOf(process.pid)) {
    const line = /VmHWM:\s+(\d+) kB/.exec(readOr(`/proc/${pid}/status`))?.[1];
    children += Math.round(Number(line ?? 0) / 1024);
  }
  return { own, children };
}

/** Seconds of processor the children have used so far; 0 where /proc is missing. */
export function childrenSeconds(): number {
  let ticks = 0;
  for (const pid of childrenOf(process.pid)) {
    const fields = readOr(`/proc/${pid}/stat`).split(") ")[1]?.split(" ");
    ticks += Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0);
  }
  return ticks / 100;
}

function childrenOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readOr(`/proc/${pid}/task/${task}/children`)
        .split(" ")
        .filter((child) => child !== ""),
    );
  } catch {
    return [];
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
