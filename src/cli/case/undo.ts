import { setTimeout as wait } from "node:timers/promises";
import { Command } from "commander";
import { counted } from "../../report/wording.ts";
import { acknowledgedText } from "../case-table.ts";
import { parseDuration } from "../duration.ts";
import type { Surroundings } from "../surroundings.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { byPerson, onLedger, type PersonFlags } from "./on-ledger.ts";

const POLL_MS = 200;

/** `stillwatch case undo`. */
export function undoCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("undo")
      .description("Take a whole step back, and wait until every gateway has said that it knows.")
      .argument("<step>", "such as d3, as `case show` shows it"),
  )
    .option("--wait <duration>", "how long to wait for the gateways at most", "60s")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case undo d3 --data ./watch --as bo --reason "the wrong group"',
    );
  return onLedger<PersonFlags & { readonly wait: string }>(
    command,
    around,
    async (ledger, { as: by, reason, wait: text }, id) => {
      const { liftDecision } = await import("../../ledger/decisions.ts");
      const decision = numberOf(id, "d");
      const seconds = parseDuration(text, "--wait", { least: 1, most: 3600 });
      const lifted = await liftDecision(ledger, { decision, by, reason });
      const { readStep } = await import("../../ledger/read-step.ts");
      const known = async () => (await readStep(ledger, decision)).acknowledged;
      let said = await known();
      for (
        let ms = 0;
        said !== undefined && said.missing.length > 0 && ms < seconds * 1000;
        ms += POLL_MS
      ) {
        await wait(POLL_MS);
        said = await known();
      }
      const who = acknowledgedText(said) || "; no gateway was heard from";
      return `d${decision} is undone for ${counted(lifted, "account")}${who}.\n`;
    },
  );
}
