import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { undeliveredAlerts } from "../../src/cli/undelivered-alerts.ts";
import { EXAMPLE_ALERTS } from "../../src/response/alert-settings.ts";
import { EMPTY_BOOK, openAlertStore } from "../../src/response/alert-store.ts";
import { openReceiver, says } from "../response/receiver.ts";
import { runHere } from "./run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-alert-"));

describe("stillwatch alert", () => {
  it("sends each webhook a test, says what came back, and fails where one did not take it", async () => {
    const fine = await openReceiver(says(200));
    const broken = await openReceiver(says(500));
    const file = join(folder, "alerts.yaml");
    const webhook = (name: string, url: string) =>
      `  - {name: ${name}, format: slack, url: "${url}"}`;
    const both = [webhook("chat", fine.url), webhook("old-chat", broken.url)];
    writeFileSync(file, `webhooks:\n${both[0]}\n`);
    expect(await runHere("alert", "test", file)).toEqual({
      code: 0,
      stdout: "chat: taken (200)\n",
      stderr: "",
    });
    expect(fine.received[0]?.body).toContain("This is a test of Stillwatch's alerts");
    writeFileSync(file, `webhooks:\n${both.join("\n")}\n`);
    const { code, stdout } = await runHere("alert", "test", file);
    expect([code, stdout]).toEqual([1, "chat: taken (200)\nold-chat: it answered 500\n"]);
  });

  it("prints a file to begin from", async () => {
    expect((await runHere("alert", "example")).stdout).toBe(EXAMPLE_ALERTS);
  });
});

describe("what doctor says of alerts", () => {
  it("is nothing where all were taken, and names what was given up and what fails", () => {
    const dataDir = mkdtempSync(join(folder, "data-"));
    expect(undeliveredAlerts(dataDir)).toBe("");
    const failed = {
      webhook: "on-call",
      id: "group_g1.2",
      attempts: 29,
      reason: "it answered 500",
    };
    const at = "2026-05-01T12:00:00.000Z";
    const waits = { ...failed, body: "{}", created: at, next: at, attempts: 3 };
    openAlertStore(dataDir).write({
      ...EMPTY_BOOK,
      dead: [{ ...failed, at }],
      given_up: 7,
      outbox: [waits],
    });
    expect(undeliveredAlerts(dataDir)).toBe(`
Alerts:
  7 messages given up. The last: group_g1.2 to on-call, 29 attempts, it answered 500, at ${at}.
  1 message not delivered yet. The last: group_g1.2 to on-call, 3 attempts, it answered 500.
`);
  });
});
