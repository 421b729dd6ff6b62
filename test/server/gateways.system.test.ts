import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { auditKeyText } from "../../src/ledger/audit-key.ts";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { readTokens, revokeToken } from "../../src/server/tokens.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { type ExampleBench, openExampleBench, untilEnd } from "./example-bench.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
const ledgers = ledgerBench();
const portOf = (url: string): string => new URL(url).port;

interface Told {
  readonly status: number;
  /** The headers that reached the model, or the error. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Ask = (key: string, path?: string, model?: string) => Promise<Told>;

const CHAT = "/v1/chat/completions";
const pathOf = (model: string): string => `/v1beta/models/${model}:generateContent`;

/** Asks a gateway as a caller who lies about what was decided. */
function askAt(url: string): Ask {
  return async (key, path = CHAT, model = "orion-4") => {
    const spoofed = { "x-stillwatch-action": "spoofed", "x-stillwatch-case": "spoofed" };
    const headers = { authorization: `Bearer ${key}`, ...spoofed };
    const body = JSON.stringify({ model });
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith("{") ? JSON.parse(text) : {} };
  };
}

async function freePort(): Promise<string> {
  const taken = createServer();
  await new Promise<void>((done) => void taken.listen(0, "127.0.0.1", done));
  const { port } = taken.address() as AddressInfo;
  await new Promise<void>((done) => void taken.close(() => done()));
  return String(port);
}

/** The example's own configuration, with nothing but the ports changed. */
async function startNginx({ stillwatch, model, token }: ExampleBench) {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-nginx-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // NGINX's workers give up root's rights.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "temp"));
  const port = await freePort();
  const ports = { 8080: port, 8710: portOf(stillwatch), 9000: portOf(model) };
  let conf = readFileSync(join(EXAMPLES, "nginx/nginx.conf"), "utf8");
  for (const [example, own] of Object.entries(ports))
    conf = conf.replaceAll(`127.0.0.1:${example}`, `127.0.0.1:${own}`);
  writeFileSync(join(folder, "nginx.conf"), conf);
  const header = `proxy_set_header Authorization "Bearer ${token}";\n`;
  writeFileSync(join(folder, "stillwatch-token.conf"), header);
  const words = ["-p", folder, "-c", "nginx.conf", "-g", "daemon off;"];
  const nginx = spawn("nginx", words, {
    stdio: "inherit",
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` },
  });
  untilEnd(nginx, "SIGTERM");
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(() =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  return { ask: askAt(url), undecided: () => readFileSync(join(folder, "undecided.log"), "utf8") };
}

it("the example's NGINX lets pass, refuses with a reason, tells the model of milder steps, and lets pass again what is lifted", async () => {
  const bench = await openExampleBench(await ledgers.place());
  const { ask } = await startNginx(bench);
  expect(await ask("no-key")).toMatchObject({ status: 401 });
  const passes = await ask("demo-key-1");
  expect(passes).toMatchObject({ status: 200, body: { "x-stillwatch-action": "allow" } });
  expect(passes.body).not.toHaveProperty("x-stillwatch-case");

  const decision = await bench.take("deny", "acct_1");
  await expect.poll(async () => (await ask("demo-key-1")).status).toBe(403);
  expect((await ask("demo-key-1")).body).toMatchObject({
    error: { code: "coordinated_harvest", message: expect.stringContaining("Name c1 ") },
  });
  expect(await ask("demo-key-2")).toMatchObject({ status: 200 });
  // A model's name that would end the question before its token, or name somebody else in it.
  for (const injected of [
    "%0d%0a%0d%0a",
    "%0d%0aX-Stillwatch-Account:acct_2%0d%0aX:",
    "%0a%0a",
    "%20",
  ])
    for (const path of [`/v1beta/models/x${injected}:run`, `/model/x${injected}/invoke`])
      expect(await ask("demo-key-1", path), path).toMatchObject({ status: 403 });

  for (const step of ["limit", "withhold_reasoning"] as const) {
    await bench.take(step, "acct_2");
    await expect
      .poll(async () => (await ask("demo-key-2")).body)
      .toMatchObject({
        "x-stillwatch-action": step,
        "x-stillwatch-reason": "coordinated_harvest",
        "x-stillwatch-case": "c1",
      });
  }

  await liftDecision(bench.ledger, { decision, by: "ana", reason: "an appeal" });
  await expect.poll(async () => (await ask("demo-key-1")).status).toBe(200);

  await bench.direct("orion-5");
  await expect
    .poll(async () => (await ask("demo-key-1", pathOf("orion-5"))).body)
    .toMatchObject({
      error: { code: "directive_unknown", message: expect.stringContaining("dir1") },
    });
  expect(await ask("demo-key-1", pathOf("orion-4"))).toMatchObject({ status: 200 });
});

it("the example's NGINX without Stillwatch holds what it knew last, lets others pass, and closes models under a directive", async () => {
  const place = await ledgers.place();
  const bench = await openExampleBench(place);
  const { ask, undecided } = await startNginx(bench);
  await bench.take("deny", "acct_1");
  await expect.poll(async () => (await ask("demo-key-1")).status).toBe(403);
  expect(undecided()).toBe("");

  const [token] = await readTokens(bench.ledger);
  await revokeToken(bench.ledger, { id: token!.id });
  const named = async () => Object.keys((await ask("demo-key-2")).body);
  await expect.poll(named).not.toContain("x-stillwatch-action");
  const withoutToken = await ask("demo-key-2");
  expect(withoutToken.status).toBe(200);
  expect(undecided()).toContain("/v1/chat/completions");

  await bench.stop();
  expect(await ask("demo-key-1")).toMatchObject({ status: 403 });
  expect(await ask("demo-key-2")).toMatchObject({ status: 200 });
  expect(await ask("demo-key-2", pathOf("orion-4"))).toMatchObject({ status: 200 });
  expect(await ask("demo-key-2", pathOf("orion-5"))).toMatchObject({
    status: 403,
    body: { error: { code: "undecided" } },
  });
});

it("the example's gateway in Node decides from memory, also when Stillwatch is gone", async () => {
  const bench = await openExampleBench(await ledgers.place());
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-node-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const code = readFileSync(join(EXAMPLES, "node/gateway.js"), "utf8");
  // As the package has it once it is built; `test/scripts/build.system.test.ts` holds that.
  const client = pathToFileURL(join(EXAMPLES, "../src/response/decision-client.ts")).href;
  writeFileSync(join(folder, "gateway.mjs"), code.replace("stillwatch/decisions", client));
  writeFileSync(join(folder, "key.pem"), auditKeyText(bench.ledger.keys.auditKeys[0]!));
  const gateway = spawn(process.execPath, ["gateway.mjs"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      ...process.env,
      PORT: "0",
      MODEL_URL: bench.model,
      STILLWATCH_URL: bench.stillwatch,
      STILLWATCH_TOKEN: bench.token,
      STILLWATCH_KEY: "key.pem",
    },
  });
  untilEnd(gateway);
  const [greeting] = (await once(gateway.stdout, "data")) as [Buffer];
  const ask = askAt(`http://127.0.0.1:${/\d+/.exec(greeting.toString())?.[0]}`);
  expect(await ask("no-key")).toMatchObject({ status: 401 });
  await bench.take("limit", "acct_2");
  const decision = await bench.take("deny", "acct_1");
  await expect.poll(async () => (await ask("demo-key-1")).status).toBe(403);
  expect((await ask("demo-key-2")).body).toMatchObject({ "x-stillwatch-action": "limit" });
  await liftDecision(bench.ledger, { decision, by: "ana", reason: "an appeal" });
  await expect.poll(async () => (await ask("demo-key-1")).status).toBe(200);
  await bench.direct("orion-5");
  const directed = (key: string) => ask(key, CHAT, "orion-5");
  await expect
    .poll(async () => (await directed("demo-key-2")).body)
    .toMatchObject({ error: { code: "directive_unknown" } });
  await bench.stop();
  expect((await ask("demo-key-2")).body).toMatchObject({ "x-stillwatch-action": "limit" });
  expect(await directed("demo-key-1")).toMatchObject({
    status: 403,
    body: { error: { code: "directive_stale" } },
  });
});
