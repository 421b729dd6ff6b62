import { expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import type { Decision } from "../../src/response/decision-table.ts";
import { exchange, NOW } from "../ingest/intake-bench.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { openService, replies } from "../response/outbox-bench.ts";
import { settingsFor } from "../response/outbox-settings-for.ts";
import { serveLocally } from "./serve-locally.ts";

it("a server asks the account service for what a person decides while it runs, and then knows the accounts' keys", async () => {
  const dataDir = ledgerFolder();
  const service = await openService(replies(200));
  const serving = await serveLocally(dataDir, { commands: settingsFor(service.receiver.url) });
  try {
    const lines = ["key_1", "key_2", "key_2"].map((credential, i) =>
      JSON.stringify({ ...exchange(i), account: i < 2 ? "a1" : "b", credential }),
    );
    const headers = { "content-type": "application/x-ndjson" };
    const body = lines.join("\n");
    const sent = await fetch(`${serving.url}/v1/exchanges`, { method: "POST", headers, body });
    expect(sent.ok).toBe(true);
    await expect.poll(() => serving.state().accepted).toBe(3);
    const ledger = await openLedger({ dataDir, now: () => NOW });
    await confirmedCase(ledger, names(2));
    const step = { number: 1, step: "deny", reasonCode: "harvest", accounts: names(2) } as const;
    const wanted = { ...step, expires: "2199-01-01", by: "ana", reason: "one crew" };
    await ledger.change((change) => takeStep(change, checkedStep(wanted, change.time), "user:ana"));
    await ledger.close();
    const asked = () => service.words().toSorted();
    await expect.poll(asked, { timeout: 60_000 }).toEqual(["suspend a1", "suspend a2"]);
    const answerTo = async (key: string) =>
      (await fetch(`${serving.url}/v1/decision?key=${key}`)).json() as Promise<Decision>;
    await expect.poll(async () => (await answerTo("key_1")).case).toBe("c1");
    expect(await answerTo("key_1")).toMatchObject({ action: "deny", decision: "d1" });
    // b uses it, too.
    expect(await answerTo("key_2")).toMatchObject({ action: "allow", reason: "none" });
    expect(await answerTo("key_3")).toMatchObject({ action: "allow", reason: "account_unknown" });
  } finally {
    await serving.close();
  }
}, 120_000);
