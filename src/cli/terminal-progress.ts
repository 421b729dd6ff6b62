import type { Progress, ProgressEvent } from "../core/progress.ts";
import { printable } from "../report/printable.ts";
import { grouped, stretch } from "../report/wording.ts";

/** Where progress is drawn. `columns` is asked at every drawing, so that a resized window is followed. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Progress being drawn. */
export interface TerminalProgress {
  readonly progress: Progress;
  /** Ends the line of the last stage; call it before printing anything else, and at the end. */
  readonly finish: () => void;
}

interface Stage {
  readonly startedAt: number;
  last: ProgressEvent;
}

const REDRAW_MS = 100;
const PLAIN_LINE_MS = 10_000;
/** Before this much of a stage has passed, its rate says nothing about the time left. */
const SETTLED_MS = 2_000;

/**
 * Draws progress on a stream, which should be standard error: on a terminal one line a stage, redrawn at most ten times
 * a second; elsewhere a plain line at each stage's end and at most one every ten seconds between. `clock` gives
 * milliseconds that only grow.
 */
export function terminalProgress(stream: ProgressStream, clock: () => number): TerminalProgress {
  const stages = new Map<string, Stage>();
  const interval = stream.isTTY === true ? REDRAW_MS : PLAIN_LINE_MS;
  let current: Stage | undefined;
  let drawnAt = clock();

  const finish = (): void => {
    if (current === undefined) return;
    const line = endLine(current, clock());
    stream.write(stream.isTTY === true ? `\r\u001b[K${fit(line, stream)}\n` : `${line}\n`);
    current = undefined;
  };

  const progress: Progress = (event) => {
    const now = clock();
    const known = stages.get(event.stage);
    const stage = known ?? { startedAt: now, last: event };
    if (known === undefined) {
      finish();
      stages.set(event.stage, stage);
    }
    stage.last = event;
    current = stage;
    const opening = known === undefined && stream.isTTY === true;
    if (!opening && now - drawnAt < interval) return;
    drawnAt = now;
    const line = runningLine(stage, now);
    stream.write(stream.isTTY === true ? `\r\u001b[K${fit(line, stream)}` : `${line}\n`);
  };

  return { progress, finish };
}

function runningLine({ startedAt, last }: Stage, now: number): string {
  const elapsed = now - startedAt;
  const rate = elapsed > 0 ? (last.done / elapsed) * 1000 : 0;
  const parts = [`${title(last.stage)}: ${amount(last)}`];
  if (last.total !== undefined && last.total > 0) {
    parts.push(`${Math.min(100, Math.floor((last.done / last.total) * 100))} %`);
  }
  if (isTelling(rate)) parts.push(`${quantity(rate, last.unit)}/s`);
  if (last.total !== undefined && rate > 0 && elapsed >= SETTLED_MS && last.done < last.total) {
    parts.push(`about ${stretch((last.total - last.done) / rate)} left`);
  }
  return parts.join(", ");
}

function endLine({ startedAt, last }: Stage, now: number): string {
  const elapsed = (now - startedAt) / 1000;
  const rate = last.done / elapsed;
  const pace = elapsed >= 0.5 && isTelling(rate) ? `, ${quantity(rate, last.unit)}/s` : "";
  const done = `${quantity(last.done, last.unit)}${last.unit === "bytes" ? "" : ` ${last.unit}`}`;
  return `${title(last.stage)}: ${done} in ${stretch(elapsed)}${pace}`;
}

/** Nobody learns anything from 0/s. */
function isTelling(rate: number): boolean {
  return rate >= 0.5;
}

function title(stage: string): string {
  const name = printable(stage);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function amount({ done, total, unit }: ProgressEvent): string {
  const of = total === undefined ? "" : ` of ${quantity(total, unit)}`;
  return `${quantity(done, unit)}${of}${unit === "bytes" ? "" : ` ${unit}`}`;
}

function quantity(value: number, unit: string): string {
  if (unit !== "bytes") return grouped(value);
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`;
}

function fit(line: string, stream: ProgressStream): string {
  const room = Math.max(20, (stream.columns ?? 80) - 1);
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`;
}
