import { expect, it } from "vitest";
import { stepAcknowledged } from "../../src/ledger/acknowledgements.ts";
import { auditKeyText } from "../../src/ledger/audit-key.ts";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { openDecisionClient } from "../../src/response/decision-client.ts";
import { openServer } from "../../src/server/open-server.ts";
import { serveDecisions } from "../../src/server/serve-decisions.ts";
import { confirmedCase, limit } from "../ledger/feed-tests.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";

const bench = ledgerBench();
const TOKENS = { any: () => false, admit: () => "unknown" as const };

it("a gateway's client knows what a server's ledger decides, hears and acknowledges that it is lifted", async () => {
  const { dataDir, open } = await bench.place();
  const ledger = await open();
  const accounts = names(3);
  await confirmedCase(ledger, accounts);
  await limit(ledger);
  const onFailure = (error: unknown) => {
    throw error;
  };
  const now = () => new Date(0);
  const decisions = await serveDecisions({ dataDir, now, clock: () => 0, onFailure });
  const { routes } = decisions;
  const at = { host: "127.0.0.1", port: 0 };
  const server = await openServer({ ...at, routes, tokens: TOKENS, onFailure });
  const publicKeys = ledger.keys.auditKeys.map(auditKeyText);
  const client = openDecisionClient({ url: server.url, publicKeys, now, gateway: "edge-1" });
  const acknowledged = async () => {
    const rows = (await readCase(ledger, 1)).decisions;
    return (await stepAcknowledged(ledger, rows))!.acknowledged;
  };
  try {
    await expect.poll(() => client.state().freshAt).toBeDefined();
    const [account = ""] = accounts;
    expect(await client.decide({ account })).toMatchObject({ action: "limit", case: "c1" });
    expect(await client.decide({ credential: "key_1" })).toMatchObject({
      reason: "account_unknown",
    });
    await liftDecision(ledger, { decision: 1, accounts: [account], by: "ana", reason: "appeal" });
    await expect.poll(() => client.decide({ account })).toMatchObject({ action: "allow" });
    await expect.poll(acknowledged).toBe(2);
    expect(client.state()).toMatchObject({ accounts: 2, isStale: false });
  } finally {
    client.close();
    await server.close();
    await decisions.close();
  }
});
