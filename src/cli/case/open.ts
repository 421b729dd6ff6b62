import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import type { Group } from "../../core/assessment.ts";
import type { Ledger } from "../../ledger/open-ledger.ts";
import { counted } from "../../report/wording.ts";
import { EXIT } from "../exit-codes.ts";
import type { Surroundings } from "../surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "../with-ledger.ts";

/** `stillwatch case open`. */
export function openCommand(around: Surroundings): Command {
  const command = new Command("open").description(
    "Open a case for each group that the last scan of the folder flagged, and preserve its evidence; those that have one are brought up to date, and those closed for two years forgotten.",
  );
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", "\nExample:\n  stillwatch case open --data ./watch")
    .action(async (flags: LedgerFlags) => {
      const { readLastScan } = await import("../../judge/last-scan.ts");
      const { groups } = readLastScan(flags.data).result;
      const { openCases } = await import("../../ledger/open-cases.ts");
      const { forgetClosedCases } = await import("../../ledger/forget-evidence.ts");
      const said = await withLedger(
        flags,
        around,
        async (ledger) => {
          const { opened, updated } = await openCases(ledger, groups);
          const forgotten = await forgetClosedCases(ledger);
          const which = opened.map(({ number }) => `c${number}`).join(", ");
          const begun =
            opened.length === 0
              ? "No new case"
              : `${counted(opened.length, "case")} opened: ${which}`;
          const gone = forgotten.length === 0 ? "" : `; ${forgotten.length} forgotten`;
          around.stdout.write(`${begun}; ${updated.length} brought up to date${gone}.\n`);
          return preserved(ledger, groups, flags.data);
        },
        true,
      );
      around.stdout.write(said);
      around.exitWith(EXIT.clear);
    });
}

/** Preserves evidence and measures accounts, where the folder's traffic isn't in use by a server. */
async function preserved(
  ledger: Ledger,
  groups: readonly Group[],
  dataDir: string,
): Promise<string> {
  const { casesWithoutEvidence } = await import("../../ledger/preserve-evidence.ts");
  const traffic = existsSync(join(dataDir, "secrets.json"));
  if (!traffic) return "";
  const { casesToMeasure } = await import("../../ledger/review/measure-case.ts");
  const due = (await casesWithoutEvidence(ledger)).length + (await casesToMeasure(ledger)).size;
  if (due === 0) return "";
  const [{ openWarehouse }, { fillCases }, { loadSecret }, { randomBytes }] = await Promise.all([
    import("../../warehouse/open-warehouse.ts"),
    import("../../judge/fill-cases.ts"),
    import("../../ingest/installation-secret.ts"),
    import("node:crypto"),
  ]);
  const warehouse = await openWarehouse({ dataDir });
  try {
    const from = { warehouse, secret: await loadSecret(dataDir), random: randomBytes };
    const { cases, exchanges } = await fillCases(ledger, groups, from);
    if (cases === 0) return "";
    return `${counted(exchanges, "exchange")} preserved for ${counted(cases, "case")}.\n`;
  } finally {
    await warehouse.close();
  }
}
