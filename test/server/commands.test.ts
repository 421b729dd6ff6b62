import { expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import { NOW } from "../ingest/intake-bench.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { openService, replies } from "../response/outbox-bench.ts";
import { settingsFor } from "../response/outbox-settings-for.ts";
import { serveLocally } from "./serve-locally.ts";

it("a server asks the account service for what a person decides while it runs", async () => {
  const dataDir = ledgerFolder();
  const service = await openService(replies(200));
  const serving = await serveLocally(dataDir, { commands: settingsFor(service.receiver.url) });
  try {
    const ledger = await openLedger({ dataDir, now: () => NOW });
    await confirmedCase(ledger, names(2));
    const step = { number: 1, step: "deny", reasonCode: "harvest", accounts: names(2) } as const;
    const wanted = { ...step, expires: "2199-01-01", by: "ana", reason: "one crew" };
    await ledger.change((change) => takeStep(change, checkedStep(wanted, change.time), "user:ana"));
    await ledger.close();
    const asked = () => service.words().toSorted();
    await expect.poll(asked, { timeout: 60_000 }).toEqual(["suspend a1", "suspend a2"]);
  } finally {
    await serving.close();
  }
}, 120_000);
