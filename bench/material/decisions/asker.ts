/**
 * A gateway in a process of its own: asks at times that were fixed beforehand, whatever became of the questions before
 * (open loop), over connections that stay open. It naps instead of using timers, which would be late by more than an
 * answer takes.
 */
import { connect, type Socket } from "node:net";
import process from "node:process";

/** What an asker is asked to do. */
export interface AskOrder {
  readonly port: number;
  /** Requests a second, at random times (exponential gaps). */
  readonly rate: number;
  readonly seconds: number;
  /** The beginning, which is not counted, seconds. */
  readonly settling: number;
  readonly connections: number;
  /** Whole requests, asked by turns. */
  readonly requests: readonly string[];
}

/** What it says at the end. */
export interface AskReport {
  /** Milliseconds from the time a question was due to the end of its answer. */
  readonly latencies: readonly number[];
  /** Milliseconds that the asker itself was late with a question for which a connection was free: they are in its latency too. */
  readonly delays: readonly number[];
  /** Answers other than 200. */
  readonly refused: number;
  /** Most questions that waited for a connection. */
  readonly mostWaiting: number;
  /** Processor seconds of this process. */
  readonly cpuSeconds: number;
}

const NOTHING = new Int32Array(new SharedArrayBuffer(4));
const NAP_MS = 0.03;

process.once("message", (order: AskOrder) => void main(order));

interface Line {
  readonly socket: Socket;
  /** When the question in hand was due; undefined: none is. */
  due: number | undefined;
  /** What came of its answer. */
  text: string;
}

async function main(order: AskOrder): Promise<void> {
  const { rate, seconds, settling, requests } = order;
  const latencies: number[] = [];
  const delays: number[] = [];
  const waiting: number[] = [];
  const free: Line[] = [];
  const counts = { refused: 0, open: 0, asked: 0, mostWaiting: 0 };
  const began = performance.now();
  const isCounted = (due: number): boolean => due > began + settling * 1_000;
  const ask = (line: Line, due: number): void => {
    line.due = due;
    line.socket.write(requests[counts.asked++ % requests.length]!);
  };
  const answered = (line: Line, status: string): void => {
    const due = line.due!;
    line.due = undefined;
    if (isCounted(due)) {
      latencies.push(performance.now() - due);
      if (status !== "200") counts.refused++;
    }
    counts.open--;
    const next = waiting.shift();
    if (next === undefined) free.push(line);
    else ask(line, next);
  };
  const lines = Array.from({ length: order.connections }, () => open(order.port, answered));
  free.push(...(await Promise.all(lines)));
  const before = process.cpuUsage();
  const next = randomGaps(1_000 / rate);
  let due = performance.now() + next();
  const end = began + (settling + seconds) * 1_000;
  const turn = (): void => {
    for (const now = performance.now(); due <= now && due < end; due += next()) {
      counts.open++;
      // By turns, so that none is idle for as long as servers keep idle connections.
      const line = free.shift();
      if (line === undefined) waiting.push(due);
      else {
        if (isCounted(due)) delays.push(performance.now() - due);
        ask(line, due);
      }
      counts.mostWaiting = Math.max(counts.mostWaiting, waiting.length);
    }
    if (due < end || counts.open > 0) {
      Atomics.wait(NOTHING, 0, 0, Math.min(NAP_MS, due - performance.now()));
      setImmediate(turn);
      return;
    }
    const { user, system } = process.cpuUsage(before);
    const { refused, mostWaiting } = counts;
    const report: AskReport = {
      latencies,
      delays,
      refused,
      mostWaiting,
      cpuSeconds: (user + system) / 1e6,
    };
    process.send?.(report, () => process.exit(0));
  };
  turn();
}

async function open(port: number, answered: (line: Line, status: string) => void): Promise<Line> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true).setEncoding("latin1");
  const line: Line = { socket, due: undefined, text: "" };
  socket.on("data", (text: string) => {
    line.text += text;
    const head = line.text.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(line.text)?.[1]);
    if (line.text.length < head + 4 + length) return;
    const status = line.text.slice(9, 12);
    line.text = "";
    answered(line, status);
  });
  socket.on("error", (error) => {
    throw error;
  });
  socket.on("close", () => {
    throw new Error("the server closed a connection");
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  return line;
}

/** Exponential gaps of a mean, the same each time (xorshift, 32 bits). */
function randomGaps(mean: number): () => number {
  let state = 2_463_534_242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return -mean * Math.log(((state >>> 0) + 1) / 2 ** 32);
  };
}
