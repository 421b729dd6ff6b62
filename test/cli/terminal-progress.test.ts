import { describe, expect, it } from "vitest";
import { terminalProgress } from "../../src/cli/terminal-progress.ts";
import { recordingStream } from "./recording-stream.ts";

function drawn(shape: { isTTY?: boolean; columns?: number }) {
  const stream = recordingStream(shape);
  let now = 0;
  const { progress, finish } = terminalProgress(stream, () => now);
  return { stream, progress, finish, pass: (ms: number) => (now += ms) };
}

describe("progress away from a terminal", () => {
  it("writes one plain line at each stage's end", () => {
    const { stream, progress, finish, pass } = drawn({});
    for (let done = 0; done <= 4; done++) {
      progress({ stage: "Reading", done: done * 50_000, total: 200_000, unit: "exchanges" });
      pass(1000);
    }
    progress({ stage: "Judging", done: 3, unit: "ticks" });
    pass(200);
    finish();
    expect(stream.text()).toBe(
      "Reading: 200,000 exchanges in 5 s, 40,000/s\nJudging: 3 ticks in 0 s\n",
    );
  });

  it("leaves out a rate that would be 0/s", () => {
    const { stream, progress, finish, pass } = drawn({});
    progress({ stage: "Planting", done: 0, unit: "trials" });
    pass(24_000);
    progress({ stage: "Planting", done: 10, unit: "trials" });
    finish();
    expect(stream.text()).toBe("Planting: 10 trials\nPlanting: 10 trials in 24 s\n");
  });

  it("writes at most one line every ten seconds between", () => {
    const { stream, progress, pass } = drawn({});
    for (let second = 0; second < 30; second++) {
      progress({ stage: "Reading", done: second * 1000, total: 100_000, unit: "exchanges" });
      pass(1000);
    }
    expect(stream.writes).toEqual([
      "Reading: 10,000 of 100,000 exchanges, 10 %, 1,000/s, about 1 min 30 s left\n",
      "Reading: 20,000 of 100,000 exchanges, 20 %, 1,000/s, about 1 min 20 s left\n",
    ]);
  });
});

describe("progress on a terminal", () => {
  it("redraws its one line at most ten times a second", () => {
    const { stream, progress, pass } = drawn({ isTTY: true, columns: 80 });
    for (let ms = 0; ms < 1000; ms++) {
      progress({ stage: "Reading", done: ms, unit: "lines" });
      pass(1);
    }
    expect(stream.writes.length).toBeLessThanOrEqual(11);
    expect(stream.text()).not.toContain("\n");
  });

  it("never writes beyond the window's width", () => {
    const { stream, progress, finish, pass } = drawn({ isTTY: true, columns: 30 });
    progress({ stage: "Reading", done: 0, total: 9_000_000, unit: "exchanges" });
    pass(5000);
    progress({ stage: "Reading", done: 4_000_000, total: 9_000_000, unit: "exchanges" });
    finish();
    for (const line of stream.text().split(/\r\u001b\[K|\n/)) expect(line.length).toBeLessThan(30);
  });

  it("shows bytes as megabytes, and gigabytes", () => {
    const { stream, progress, finish, pass } = drawn({ isTTY: true, columns: 120 });
    progress({ stage: "Reading", done: 0, total: 2_400_000_000, unit: "bytes" });
    pass(4000);
    progress({ stage: "Reading", done: 800_000_000, total: 2_400_000_000, unit: "bytes" });
    finish();
    expect(stream.writes[1]).toBe(
      "\r\u001b[KReading: 800.0 MB of 2.40 GB, 33 %, 200.0 MB/s, about 8 s left",
    );
  });

  it("keeps one line for a stage that is taken up again", () => {
    const { stream, progress, finish, pass } = drawn({ isTTY: true, columns: 80 });
    for (let round = 0; round < 20; round++) {
      progress({ stage: "Reading", done: round, unit: "files" });
      progress({ stage: "Marking", done: round, unit: "files" });
      pass(50);
    }
    finish();
    expect(stream.text().split("\n").length).toBeLessThanOrEqual(3);
  });

  it("does not let a stage's name move the cursor", () => {
    const { stream, progress } = drawn({ isTTY: true, columns: 80 });
    progress({ stage: "a\u001b[2Jb", done: 1, unit: "lines" });
    expect(stream.text()).not.toContain("\u001b[2J");
  });
});
