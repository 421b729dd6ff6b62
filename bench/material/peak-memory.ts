import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { childrenOf, processUse, readOr } from "./process-use.ts";

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
  return childrenOf(process.pid).reduce((sum, pid) => sum + processUse(pid).seconds, 0);
}

/** What this process holds after a collection, megabytes: what is garbage and only not given back is not counted. */
export function heldMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
