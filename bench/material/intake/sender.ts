/**
 * A sender in a process of its own: posts exchanges at a steady rate for a while and tells its parent what became of
 * them. Its bodies are made before the clock starts; while it sends, each line only gets an id and a time of its own.
 */
import { Agent, request } from "node:http";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { exchangeLines } from "../exchange-lines.ts";

/** What a sender is asked to do. Exchanges a second, bytes of a line on average, lines of a post. */
export interface SendOrder {
  readonly url: string;
  readonly seconds: number;
  readonly rate: number;
  readonly bytes: number;
  readonly batch: number;
  readonly connections: number;
  readonly accounts: number;
}

/** What a sender says: first that its bodies are made, then every second what was acknowledged, at last all. */
export interface SendReport {
  readonly kind: "ready" | "second" | "end";
  readonly acknowledged: number;
  readonly bytes: number;
  /** Posts that were told to wait, and sent again. */
  readonly waited: number;
  /** Milliseconds from a post to its answer, since the last report. */
  readonly latencies: readonly number[];
  /** Processor seconds of this process since its bodies were made. */
  readonly cpuSeconds: number;
}

/** Posts whose lines differ; they come again with other ids and times. */
const POSTS = 60;
const TIME_CHARACTERS = 24;
const ID_DIGITS = 10;

process.once("message", (order: SendOrder) => void main(order));

async function main(order: SendOrder): Promise<void> {
  const posts = makePosts(order);
  const sent = { acknowledged: 0, bytes: 0, waited: 0 };
  let latencies: number[] = [];
  const before = process.cpuUsage();
  const report = (kind: SendReport["kind"]): void => {
    const { user, system } = process.cpuUsage(before);
    process.send?.({ kind, ...sent, latencies, cpuSeconds: (user + system) / 1e6 });
    latencies = [];
  };
  report("ready");
  await new Promise((resolve) => process.once("message", resolve));
  const reports = setInterval(() => report("second"), 1_000);
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const started = performance.now();
  const busy = new Set<Patchable>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const number = next++;
      const due = started + ((number * order.batch) / order.rate) * 1_000;
      if (due > started + order.seconds * 1_000) return;
      const pause = due - performance.now();
      if (pause > 1) await wait(pause);
      if (performance.now() > started + order.seconds * 1_000) return;
      const post = posts.find((one) => !busy.has(one) && one.number % POSTS === number % POSTS);
      const own = post ?? posts.find((one) => !busy.has(one));
      if (own === undefined) throw new Error("more connections than posts");
      busy.add(own);
      own.stamp(number, new Date().toISOString());
      const from = performance.now();
      while ((await send(order.url, agent, own.body)) === 429) {
        sent.waited++;
        await wait(500);
      }
      latencies.push(performance.now() - from);
      sent.acknowledged += order.batch;
      sent.bytes += own.body.length;
      busy.delete(own);
    }
  };
  await Promise.all(Array.from({ length: order.connections }, lane));
  clearInterval(reports);
  agent.destroy();
  report("end");
  process.disconnect();
}

interface Patchable {
  readonly number: number;
  readonly body: Buffer;
  /** Gives each line an id and a time. */
  stamp(post: number, time: string): void;
}

function makePosts({ bytes, batch, accounts }: SendOrder): readonly Patchable[] {
  const now = Date.now();
  const next = exchangeLines({
    seed: 1,
    bytes,
    accounts,
    from: now,
    until: now + 1,
    lines: POSTS * batch,
  });
  return Array.from({ length: POSTS }, (_, number) => {
    const lines = Array.from({ length: batch }, () => withFixedHead(next()));
    const body = Buffer.from(lines.join(""), "latin1");
    let at = 0;
    const starts = lines.map((line) => (at += line.length) - line.length);
    const idAt = '{"id":"b'.length;
    const timeAt = idAt + ID_DIGITS + '","time":"'.length;
    return {
      number,
      body,
      stamp(post, time) {
        for (const [line, start] of starts.entries()) {
          const id = String(post * batch + line).padStart(ID_DIGITS, "0");
          body.write(id, start + idAt, "latin1");
          body.write(time, start + timeAt, "latin1");
        }
      },
    };
  });
}

function withFixedHead(line: string): string {
  const time = "0".repeat(TIME_CHARACTERS);
  return line.replace(
    /^\{"id":"[^"]*","time":"[^"]*"/,
    `{"id":"b${"0".repeat(ID_DIGITS)}","time":"${time}"`,
  );
}

function send(url: string, agent: Agent, body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/x-ndjson", "content-length": body.length };
    const posting = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      const status = answer.statusCode ?? 0;
      answer.once("end", () => {
        if (status === 200 || status === 429) resolve(status);
        else reject(new Error(`the server answered ${status}`));
      });
    });
    posting.once("error", reject);
    posting.end(body);
  });
}
