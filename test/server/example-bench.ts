import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished } from "vitest";
import type { Step } from "../../src/ledger/tables.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import { createToken } from "../../src/server/tokens.ts";
import { runHere } from "../cli/run-here.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import type { LedgerPlace } from "../ledger/ledger-bench.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What an example needs: a `stillwatch serve` with a confirmed case of acct_1 and acct_2, and a model behind it. */
export interface ExampleBench {
  readonly stillwatch: string;
  readonly model: string;
  readonly token: string;
  readonly ledger: Ledger;
  /** Takes a step on an account of the case; answers its number. */
  take(step: Step, account: string): Promise<number>;
  /** Puts a model under a directive that nobody is known to be free of. */
  direct(model: string): Promise<void>;
  /** Kills the server. */
  stop(): Promise<void>;
}

/** Opens one, which is closed when the test ends. The model answers with the headers it was sent. */
export async function openExampleBench({ dataDir, open }: LedgerPlace): Promise<ExampleBench> {
  const ledger = await open(() => new Date());
  await confirmedCase(ledger, ["acct_1", "acct_2"]);
  const order = { name: "gateway", scopes: ["decisions:read"] } as const;
  const { token } = await createToken(ledger, order);
  const words = ["src/cli/main.ts", "serve", "--data", dataDir, "--listen", "0"];
  const serve = spawn(process.execPath, words, { cwd: ROOT, stdio: ["ignore", "ignore", "pipe"] });
  const stop = untilEnd(serve);
  const stillwatch = await addressOf(serve);
  return {
    stillwatch,
    model: await openModel(),
    token,
    ledger,
    take: (step, account) => takeOn(ledger, step, account),
    direct: (model) => putUnderDirective(dataDir, model),
    stop,
  };
}

/** A process that ends with the test at the latest; answers how to end it now. NGINX is asked to, for it has children. */
export function untilEnd(
  child: ChildProcess,
  signal: NodeJS.Signals = "SIGKILL",
): () => Promise<void> {
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  onTestFinished(stop);
  return stop;
}

/** Waits for the address that a server says it listens on. */
async function addressOf(server: ChildProcess): Promise<string> {
  let text = "";
  server.stderr?.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  const address = /Listening on (http:\S+)\./;
  await expect.poll(() => text, { timeout: 60_000, interval: 50 }).toMatch(address);
  return address.exec(text)?.[1] ?? "";
}

async function openModel(): Promise<string> {
  const model = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify(request.headers));
  });
  await new Promise<void>((done) => void model.listen(0, "127.0.0.1", done));
  onTestFinished(() => void model.close());
  return `http://127.0.0.1:${(model.address() as AddressInfo).port}`;
}

async function takeOn(ledger: Ledger, step: Step, account: string): Promise<number> {
  const { decision } = await ledger.change((change) => {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const wanted = { number: 1, step, accounts: [account], reasonCode: "coordinated_harvest" };
    const taken = { ...wanted, expires, by: "ana", reason: "one crew" };
    return takeStep(change, checkedStep(taken, change.time), "user:ana");
  });
  return decision;
}

async function putUnderDirective(dataDir: string, model: string): Promise<void> {
  const here = ["--data", dataDir, "--as", "cleo"];
  const order = ["--models", model, "--class", "restricted_person", "--words", "By order."];
  for (const words of [
    ["add", ...order],
    ["enforce", "dir1"],
  ]) {
    const { code, stderr } = await runHere("directive", ...words, ...here);
    if (code !== 0) throw new Error(stderr);
  }
}
