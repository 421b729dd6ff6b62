import { setTimeout as wait } from "node:timers/promises";
import { Command } from "commander";
import type { Acknowledged } from "../../ledger/acknowledgements.ts";
import type { Ledger } from "../../ledger/open-ledger.ts";
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
      let said = await acknowledged(ledger, decision);
      for (let ms = 0; said.missing.length > 0 && ms < seconds * 1000; ms += POLL_MS) {
        await wait(POLL_MS);
        said = await acknowledged(ledger, decision);
      }
      const known = said.gateways === 0 ? "; no gateway was heard from" : acknowledgedText(said);
      return `d${decision} is undone for ${counted(lifted, "account")}${known}.\n`;
    },
  );
}

async function acknowledged(ledger: Ledger, decision: number): Promise<Acknowledged> {
  const { stepAcknowledged } = await import("../../ledger/acknowledgements.ts");
  const rows = await ledger.read((store) =>
    store.selectFrom("decisions").selectAll().where("number", "=", decision).execute(),
  );
  return (await stepAcknowledged(ledger, rows))!;
}
