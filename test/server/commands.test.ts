import { expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import type { Decision } from "../../src/response/decision-table.ts";
import type { HealthReport } from "../../src/server/open-health.ts";
import { runHere } from "../cli/run-here.ts";
import { exchange, NOW } from "../ingest/intake-bench.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { measured } from "../ledger/reviewed.ts";
import { names } from "../ledger/sample-group.ts";
import { openService, replies } from "../response/outbox-bench.ts";
import { settingsFor } from "../response/outbox-settings-for.ts";
import { openReceiver, says } from "../response/receiver.ts";
import { SECRET } from "../response/sample-ticks.ts";
import { serveLocally } from "./serve-locally.ts";

it("a server asks the account service for what a person decides while it runs, then knows the accounts' keys, tells at once who breaks glass by a command, and says how commands stand", async () => {
  const dataDir = ledgerFolder();
  const service = await openService((response, { account }) =>
    replies(account === "a2" ? 202 : 200)(response),
  );
  const people = await openReceiver(says(204));
  const webhook = { name: "on-call", url: new URL(people.url), format: "standard" } as const;
  const serving = await serveLocally(dataDir, {
    commands: settingsFor(service.receiver.url),
    alerting: {
      webhooks: [{ ...webhook, secrets: [SECRET] }],
      link: null,
      nameAccounts: false,
      gatherMinutes: 60,
      quiet: { from: "00:00", to: "00:00", timeZone: "UTC", through: "high" },
    },
  });
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
    await measured(ledger, 1);
    const step = { number: 1, step: "deny", reasonCode: "harvest", accounts: names(2) } as const;
    const wanted = { ...step, expires: "2199-01-01", by: "ana", reason: "one crew" };
    await ledger.change((change) => takeStep(change, checkedStep(wanted, change.time), "user:ana"));
    await ledger.close();
    const asked = () => service.words().toSorted();
    await expect.poll(asked).toEqual(["suspend a1", "suspend a2"]);
    const answerTo = async (key: string) =>
      (await fetch(`${serving.url}/v1/decision?key=${key}`)).json() as Promise<Decision>;
    await expect.poll(async () => (await answerTo("key_1")).case).toBe("c1");
    expect(await answerTo("key_1")).toMatchObject({ action: "deny", decision: "d1" });
    // b uses it, too.
    expect(await answerTo("key_2")).toMatchObject({ action: "allow", reason: "none" });
    expect(await answerTo("key_3")).toMatchObject({ action: "allow", reason: "account_unknown" });

    const command = (...words: readonly string[]) =>
      runHere(...words, "--as", "rex", "--reason", "nobody answers", "--data", dataDir);
    const limit = ["case", "act", "c1", "--step", "limit", "--for", "2h", "--break-glass"];
    expect((await command(...limit)).stdout).toContain("case approve p1");
    await expect.poll(() => people.ids()).toEqual(["glass_p1.1"]);
    expect(JSON.parse(people.received[0]!.body).data.alerts).toMatchObject([
      { class: "people", glass: { case: "c1", by: "rex", step: "limit", accounts: 2 } },
    ]);

    await command("outbox", "stop");
    const status = async () =>
      ((await (await fetch(`${serving.url}/v1/status`)).json()) as HealthReport).outbox;
    await expect.poll(status).toMatchObject({
      switch: { stopped: "1970-01-01T00:00:00.000Z", stoppedBy: "rex" },
      asked: 2,
      states: { applied: 1, sent: 1, failed: 0 },
      oldest: { command: "suspend", decision: 1, state: "sent" },
    });
    const metrics = await (await fetch(`${serving.url}/metrics`)).text();
    expect(metrics).toContain('stillwatch_commands{state="sent"} 1\n');
    expect(metrics).toContain("stillwatch_outbox_stopped 1\n");
    expect(metrics).toContain(
      `stillwatch_command_oldest_timestamp_seconds ${NOW.getTime() / 1e3}\n`,
    );
    const shown = await runHere("case", "show", "c1", "--as", "ana", "--data", dataDir);
    expect(shown.stdout).toMatch(/Commands\n {2}Stopped since .* by rex: nothing is sent\.\n/);
    expect(shown.stdout).toContain("  Asked 2, applied 1; 1 taken but not answered for.\n");
  } finally {
    await serving.close();
  }
}, 120_000);
