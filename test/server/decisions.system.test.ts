import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { openServer } from "../../src/server/open-server.ts";
import { serveDecisions } from "../../src/server/serve-decisions.ts";
import type { TokenBook } from "../../src/server/tokens.ts";
import { confirmedCase, limit } from "../ledger/feed-tests.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { ask, type PostgresCluster, startCluster } from "../ledger/postgres-cluster.ts";

const NO_TOKENS: TokenBook = { any: () => false, admit: () => "unknown" };
const now = () => new Date(0);

let cluster: PostgresCluster;
let clock = 0;
const closing: (() => Promise<void>)[] = [];
const folders: string[] = [];

beforeAll(async () => {
  cluster = await startCluster();
});

afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await cluster.stop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function openNode(ledgerUrl: string, keysOf: string): Promise<string> {
  const dataDir = newFolder();
  cpSync(join(keysOf, "ledger-keys.json"), join(dataDir, "ledger-keys.json"));
  const onFailure = () => {};
  const options = { dataDir, ledgerUrl, now, clock: () => clock, onFailure };
  const decisions = await serveDecisions({ ...options, staleAfterSeconds: 60 });
  closing.push(() => decisions.close());
  const { routes } = decisions;
  const at = { host: "127.0.0.1", port: 0 };
  const server = await openServer({ ...at, routes, tokens: NO_TOKENS, onFailure });
  closing.push(() => server.close());
  return server.url;
}

function newFolder(): string {
  const folder = ledgerFolder();
  folders.push(folder);
  return folder;
}

describe(
  "the decision service of nodes that share a PostgreSQL ledger",
  { timeout: 120_000 },
  () => {
    it("says the same on each, and outlives the ledger for as long as it is told to", async () => {
      const url = await cluster.database();
      const dataDir = newFolder();
      const ledger = await openLedger({ dataDir, url, now });
      closing.push(() => ledger.close());
      await confirmedCase(ledger, names(2));
      const nodes = [await openNode(url, dataDir), await openNode(url, dataDir)];
      const answers = () =>
        Promise.all(
          nodes.map(async (node) => {
            const { action, reason } = (await (
              await fetch(`${node}/v1/decision?account=a1`)
            ).json()) as { readonly action: string; readonly reason: string };
            return `${action} ${reason}`;
          }),
        );
      await limit(ledger);
      await expect.poll(answers).toEqual(["limit harvest", "limit harvest"]);
      await liftDecision(ledger, { decision: 1, by: "ana", reason: "an appeal" });
      await expect.poll(answers).toEqual(["allow none", "allow none"]);
      await limit(ledger, ["a1"]);
      await expect.poll(answers).toEqual(["limit harvest", "limit harvest"]);

      const [name, others] = [
        url.slice(url.lastIndexOf("/") + 1),
        url.replace(/[^/]+$/, "postgres"),
      ];
      await ask(others, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await ask(
        others,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      clock = 30_000;
      expect(await answers()).toEqual(["limit harvest", "limit harvest"]);
      clock = 100_000;
      expect(await answers()).toEqual(["allow stale", "allow stale"]);
      await ask(others, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await expect.poll(answers).toEqual(["limit harvest", "limit harvest"]);
    });
  },
);
