/**
 * `npm run bench -- decisions [--rate 5000] [--seconds 8] [--rounds 5] [--post] [--entries 100000] [--connections 32]`: asks
 * a real `stillwatch serve`, whose ledger holds steps on 100,000 accounts, what to do, with a token, over loopback, at a
 * steady rate in open loop, by GET or in a body. Half the questions are about accounts that steps hold for. By turns a bare
 * `node:http` server that answers a constant is asked the same; the first round of both is not counted. Server, reference
 * and asker are processes of their own. Prints how long answers took from the time their questions were due, by how much
 * the asker itself was late (which is part of that), and the processor time they took, which a busy machine inflates less;
 * then the middle and the worst of the rounds, and what a million accounts take in memory.
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Group } from "../src/core/assessment.ts";
import { moveCase, reviewCase } from "../src/ledger/move-case.ts";
import { openCaseFor } from "../src/ledger/open-cases.ts";
import { openLedger } from "../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../src/ledger/take-step.ts";
import { openDecisionTable } from "../src/response/decision-table.ts";
import { createToken } from "../src/server/tokens.ts";
import type { AskOrder, AskReport } from "./material/decisions/asker.ts";
import { processUse } from "./material/process-use.ts";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "5000" },
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "5" },
    post: { type: "boolean", default: false },
    entries: { type: "string", default: "100000" },
    connections: { type: "string", default: "32" },
  },
});
const ROOT = join(import.meta.dirname, "..");
const ENTRIES = Number(values.entries);
const CASE_ACCOUNTS = 25_000;
const EXPIRES = new Date(Date.now() + 30 * 86_400_000).toISOString();

const folder = mkdtempSync(join(tmpdir(), "stillwatch-bench-"));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const perAccount = bytesOfAnAccount(1_000_000);
  const token = await fillLedger();
  const reference = fork(join(import.meta.dirname, "material/decisions/constant-server.ts"));
  const [referencePort] = (await once(reference, "message")) as [number];
  const { server, port } = await startServer();
  print(`${values.rate} requests a second, open loop, ${ENTRIES} accounts in the table`);
  print("");
  print(
    "round  asked        p50 ms    p99 ms  p99.9 ms    max ms  asker late, p99   µs of processor",
  );
  const rounds: { readonly bare: Round; readonly own: Round }[] = [];
  await askRound(reference.pid ?? 0, referencePort, token);
  await askRound(server.pid ?? 0, port, token);
  for (let round = 1; round <= Number(values.rounds); round++) {
    const bare = await askRound(reference.pid ?? 0, referencePort, token);
    const own = await askRound(server.pid ?? 0, port, token);
    print(row(round, "node:http", bare));
    print(row(round, "decisions", own));
    rounds.push({ bare, own });
  }
  print("");
  print(
    summary(
      "node:http",
      rounds.map(({ bare }) => bare),
    ),
  );
  print(
    summary(
      "decisions",
      rounds.map(({ own }) => own),
    ),
  );
  print(`server: ${(processUse(server.pid ?? 0).bytes / 1e6).toFixed(0)} MB`);
  print(`a million accounts in the table: ${perAccount.toFixed(0)} bytes each`);
  reference.disconnect();
  server.kill("SIGTERM");
  await once(server, "exit");
}

interface Round extends AskReport {
  /** Processor seconds of the process that was asked, a request. */
  readonly cost: number;
}

async function askRound(pid: number, port: number, token: string): Promise<Round> {
  const asker = fork(join(import.meta.dirname, "material/decisions/asker.ts"));
  const order: AskOrder = {
    port,
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    settling: 2,
    connections: Number(values.connections),
    requests: Array.from({ length: 5_000 }, (_, n) => question(n, token)),
  };
  const before = processUse(pid).seconds;
  asker.send(order);
  const [report] = (await once(asker, "message")) as [AskReport];
  if (report.refused > 0) throw new Error(`${report.refused} answers were not 200`);
  const asked = order.rate * (order.seconds + order.settling);
  const latencies = report.latencies.toSorted((a, b) => a - b);
  const delays = report.delays.toSorted((a, b) => a - b);
  return { ...report, latencies, delays, cost: (processUse(pid).seconds - before) / asked };
}

/** Of two questions, one is about an account that a step holds for. */
function question(n: number, token: string): string {
  const number = (n * 7_919) % ENTRIES;
  const account = n % 2 === 0 ? accountName(number) : `other_${number}`;
  const headers = `host: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n`;
  if (!values.post)
    return `GET /v1/decision?account=${account}&key=key_${number}&model=orion-4 HTTP/1.1\r\n${headers}\r\n`;
  const body = JSON.stringify({ account, key: `key_${number}`, model: "orion-4" });
  return `POST /v1/decision HTTP/1.1\r\n${headers}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function accountName(number: number): string {
  return `acct_${String(number).padStart(8, "0")}`;
}

/** Steps on the accounts, of cases that nobody reviews. */
async function fillLedger(): Promise<string> {
  const ledger = await openLedger({ dataDir: folder, now: () => new Date() });
  const by = "bench";
  const reason = "a benchmark";
  for (let from = 0; from < ENTRIES; from += CASE_ACCOUNTS) {
    const count = Math.min(CASE_ACCOUNTS, ENTRIES - from);
    const accounts = Array.from({ length: count }, (_, n) => accountName(from + n));
    const number = await openCaseFor(ledger, groupOf(accounts));
    await reviewCase(ledger, { number, by });
    await moveCase(ledger, { number, move: { to: "confirmed" }, by, reason });
    const step = { step: "limit", reasonCode: "coordinated_harvest", expires: EXPIRES } as const;
    await ledger.change((change) => {
      const wanted = checkedStep({ ...step, number, accounts, by, reason }, change.time);
      return takeStep(change, wanted, `user:${by}`);
    });
  }
  const { token } = await createToken(ledger, { name: "bench", scopes: ["decisions:read"] });
  await ledger.close();
  return token;
}

function groupOf(accounts: readonly string[]): Group {
  const id = `g${accounts[0]}`;
  const group: Partial<Group> = {
    id,
    lineage: id,
    assessment: "campaign",
    coordination_bits: 40,
    harvest_bits: 40,
    accounts,
    exchanges: accounts.length,
    evidence: [],
    members: accounts.map((account) => ({ account, role: "operated", share: 1, exchanges: 1 })),
  };
  return group as Group;
}

async function startServer(): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const server = spawn(
    process.execPath,
    ["src/cli/main.ts", "serve", "--data", folder, "--listen", "127.0.0.1:0", "--keep-text", "0"],
    { cwd: ROOT, stdio: ["ignore", "inherit", "pipe"] },
  );
  for await (const line of createInterface({ input: server.stderr })) {
    const url = /^Listening on (\S+)\.$/.exec(line)?.[1];
    if (url === undefined) process.stderr.write(`${line}\n`);
    else {
      server.stderr.pipe(process.stderr);
      return { server, port: Number(new URL(url).port) };
    }
  }
  throw new Error("the server did not start");
}

function bytesOfAnAccount(accounts: number): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const table = openDecisionTable({ now: () => new Date() });
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < accounts; n++) {
    // As it comes from the ledger: a string of its own, not a piece of another.
    const account = Buffer.from(accountName(n)).toString("latin1");
    table.apply({
      account,
      decision: `d${Math.floor(n / CASE_ACCOUNTS)}`,
      action: "limit",
      reason: "coordinated_harvest",
      expires: EXPIRES,
      case: "c1",
    });
  }
  collect();
  return (process.memoryUsage().heapUsed - before) / table.accounts;
}

function row(round: number, name: string, { latencies, delays, cost }: Round): string {
  const times = [0.5, 0.99, 0.999, 1].map((share) => at(latencies, share).toFixed(2).padStart(10));
  const late = at(delays, 0.99).toFixed(2).padStart(17);
  return `${String(round).padEnd(7)}${name.padEnd(9)}${times.join("")}${late}${(cost * 1e6).toFixed(1).padStart(18)}`;
}

/** The middle and the worst of the rounds. */
function summary(name: string, rounds: readonly Round[]): string {
  const p99 = rounds.map(({ latencies }) => at(latencies, 0.99)).toSorted((a, b) => a - b);
  const costs = rounds.map(({ cost }) => cost * 1e6).toSorted((a, b) => a - b);
  return `${name}: p99 ${at(p99, 0.5).toFixed(2)} ms in the middle, ${at(p99, 1).toFixed(2)} at worst; ${at(costs, 0.5).toFixed(1)} µs of processor an answer`;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
