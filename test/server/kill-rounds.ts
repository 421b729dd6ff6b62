import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "vitest";
import { exchange, openBench } from "../ingest/intake-bench.ts";

const CHILD = join(import.meta.dirname, "serve-child.ts");
const SENDERS = 3;
const LINES_A_POST = 4;

/** Numbers from 0 to below 1 that look random and are the same every time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Kills a server `rounds` times at random moments while senders send, starts it again on the same folder each time, and
 * expects that at the end everything acknowledged is there, nothing twice, and nothing that was not sent. A post that
 * got no answer is sent again, with the same lines.
 */
export async function killRounds(rounds: number, seed: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-killed-server-"));
  const random = randomNumbers(seed);
  const acknowledged = new Set<number>();
  const unanswered: (readonly number[])[] = [];
  let next = 0;
  let killed = 0;
  for (let round = 0; round <= rounds; round++) {
    const child = spawn(process.execPath, [CHILD, dataDir], { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(child, "exit");
    const [said] = (await once(child.stdout, "data")) as [Buffer];
    const url = `${said.toString().trim()}/v1/exchanges`;
    const sending = new AbortController();
    const send = async (): Promise<void> => {
      while (!sending.signal.aborted) {
        const ids = unanswered.shift() ?? Array.from({ length: LINES_A_POST }, () => next++);
        const body = ids.map((id) => `${JSON.stringify(exchange(id))}\n`).join("");
        const headers = { "content-type": "application/x-ndjson" };
        const status = await fetch(url, { method: "POST", headers, body }).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 200) for (const id of ids) acknowledged.add(id);
        else {
          unanswered.push(ids);
          return;
        }
      }
    };
    const senders = Promise.all(Array.from({ length: SENDERS }, send));
    // Some kills fall into the taking up of what the last one left, some into a drain, some between.
    await wait(random() * 300);
    if (round < rounds) {
      if (child.kill("SIGKILL")) killed++;
      sending.abort();
      await Promise.all([senders, ended]);
      continue;
    }
    sending.abort();
    await senders;
    child.stdin.end();
    await ended;
  }
  expect(killed).toBe(rounds);
  const bench = await openBench(dataDir);
  const rows = await bench.ask("SELECT id, count() AS copies FROM exchanges GROUP BY id");
  const [counts] = await bench.ask("SELECT count() AS rejected FROM rejected");
  expect(readdirSync(join(dataDir, "spool"))).toEqual([]);
  await bench.close();
  const stored = new Map(rows.map(({ id, copies }) => [String(id), Number(copies)]));
  expect([...acknowledged].filter((id) => !stored.has(`ex_${id}`))).toEqual([]);
  expect([...stored].filter(([, copies]) => copies !== 1)).toEqual([]);
  expect([...stored.keys()].filter((id) => Number(id.slice(3)) >= next)).toEqual([]);
  expect(counts).toEqual({ rejected: "0" });
  expect(acknowledged.size).toBeGreaterThan(rounds);
}
