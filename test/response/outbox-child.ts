import { openLedger } from "../../src/ledger/open-ledger.ts";
import { openOutbox } from "../../src/response/open-outbox.ts";
import { settingsFor } from "./outbox-settings-for.ts";

// An outbox to be killed: works on a ledger until it is ended.
const [dataDir = "", url = ""] = process.argv.slice(2);
const ledger = await openLedger({ dataDir, now: () => new Date() });
const outbox = openOutbox({
  settings: settingsFor(url),
  ledger,
  warehouse: { rows: () => Promise.reject(new Error("nobody is behind a cloud")) },
  now: () => new Date(),
  random: () => 0,
  onFailure: (error) => process.stderr.write(`${String(error)}\n`),
  lookMs: 5,
  claimMs: 300,
});
process.stdout.write("open\n");
process.stdin.resume().once("end", () => void outbox.close().then(() => ledger.close()));
