import { setTimeout as wait } from "node:timers/promises";
import { openLedger } from "../../src/ledger/open-ledger.ts";

// Changes the ledger of a folder, two rows of its audit at once, until it is killed. Says when it has begun.
const ledger = await openLedger({ dataDir: process.argv[2] ?? "", now: () => new Date(0) });
for (let no = 0; ; no++) {
  await ledger.change(({ record }) => {
    const entry = {
      actor: "system:test",
      object: `test:${no}`,
      details: { text: "x".repeat(2_000) },
    };
    record({ ...entry, action: "test.begun" });
    record({ ...entry, action: "test.ended" });
    return Promise.resolve();
  });
  // Now and then a pause, so that what is written is soon read again.
  if (no % 4 === 0) await wait(10);
  if (no === 0) process.stdout.write("begun\n");
}
