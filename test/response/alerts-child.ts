import { openAlertStore } from "../../src/response/alert-store.ts";
import { openAlerts } from "../../src/response/open-alerts.ts";
import { flaggedGroup, resultOf, SECRET } from "./sample-ticks.ts";

// Alerts to be killed: hears the same three ticks at every start, says so, and delivers until it is ended.
const [dataDir = "", url = ""] = process.argv.slice(2);
const alerts = openAlerts({
  settings: {
    webhooks: [{ name: "on-call", url: new URL(url), format: "standard", secrets: [SECRET] }],
    link: null,
    nameAccounts: false,
    gatherMinutes: 0,
    quiet: undefined,
  },
  store: openAlertStore(dataDir),
  now: () => new Date(),
  random: () => 0,
  onFailure: (error) => process.stderr.write(`${String(error)}\n`),
  lookMs: 5,
});
const groups = ["g0", "g1", "g2"].map((id) => flaggedGroup(id, 90));
for (const at of groups.keys()) {
  const result = resultOf(...groups.slice(0, at + 1));
  alerts.hear({ result, time: `2026-05-01T1${at}:00:00.000Z`, fields: [] });
}
process.stdout.write("heard\n");
process.stdin.resume().once("end", () => void alerts.close());
