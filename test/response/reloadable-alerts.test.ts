import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { AlertSettings } from "../../src/response/alert-settings.ts";
import { openAlertStore } from "../../src/response/alert-store.ts";
import { reloadableAlerts } from "../../src/response/reloadable-alerts.ts";
import { openReceiver, type Receiver, says } from "./receiver.ts";
import { flaggedGroup, resultOf, SECRET } from "./sample-ticks.ts";

const NOON = Date.parse("2026-05-01T12:00:00Z");

const settingsFor = (name: string, { url }: Receiver): AlertSettings => ({
  webhooks: [{ name, url: new URL(url), format: "standard", secrets: [SECRET] }],
  link: null,
  nameAccounts: false,
  gatherMinutes: 0,
  quiet: undefined,
});

it("alerts go where the newest settings say, each once", async () => {
  const [before, after] = [await openReceiver(says(204)), await openReceiver(says(204))];
  const alerts = reloadableAlerts({
    settings: settingsFor("before", before),
    store: openAlertStore(mkdtempSync(join(tmpdir(), "stillwatch-reload-"))),
    now: () => new Date(NOON),
    random: () => 0.5,
    onFailure: (error) => {
      throw error;
    },
    lookMs: 5,
  });
  onTestFinished(() => alerts.close());
  const hear = (hour: number, ...ids: readonly string[]): void => {
    const time = new Date(NOON + hour * 3_600_000).toISOString();
    alerts.hear({ result: resultOf(...ids.map((id) => flaggedGroup(id, 90))), time, fields: [] });
  };
  hear(0, "g1");
  await expect.poll(() => alerts.state().delivered).toBe(1);
  await alerts.use(settingsFor("after", after));
  hear(1, "g1", "g2");
  await expect.poll(() => after.ids()).toEqual(["group_g2.1"]);
  expect(before.ids()).toEqual(["group_g1.1"]);
}, 120_000);
