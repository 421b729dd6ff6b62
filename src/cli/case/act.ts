import { Command, Option } from "commander";
import { type Step, STEPS } from "../../ledger/tables.ts";
import { counted } from "../../report/wording.ts";
import { parseDuration } from "../duration.ts";
import type { Surroundings } from "../surroundings.ts";
import { byPerson, caseArgument, numberOf, onLedger, type PersonFlags } from "./on-ledger.ts";

/** `stillwatch case act`. */
export function actCommand(around: Surroundings): Command {
  interface Flags extends PersonFlags {
    readonly step: Step;
    readonly code: string;
    readonly for: string;
    readonly account?: readonly string[];
  }
  const command = byPerson(new Command("act").addArgument(caseArgument()))
    .description(
      "Decide a step on accounts of a confirmed case. It ends by itself, and can be lifted.",
    )
    .addOption(
      new Option("--step <step>", "what is to be done").choices([...STEPS]).makeOptionMandatory(),
    )
    .requiredOption("--for <duration>", "how long, such as 7d")
    .option("--code <word>", "the reason code for gateway and customer", "coordinated_harvest")
    .option("--account <name...>", "only these; else all that are operated")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case act c7 --data ./watch --step limit --for 7d --as bo --reason "until they answer"',
    );
  return onLedger<Flags>(command, around, async (ledger, flags, id) => {
    const { decide } = await import("../../ledger/decisions.ts");
    const { step, code, as: by, reason, account: accounts } = flags;
    const seconds = parseDuration(flags.for, "--for", { least: 60, most: 366 * 86_400 });
    const expires = new Date(around.now().getTime() + seconds * 1000).toISOString();
    const wanted = { number: numberOf(id), step, reasonCode: code, expires, by, reason };
    const made = await decide(ledger, accounts === undefined ? wanted : { ...wanted, accounts });
    return `d${made.decision}: ${step} for ${counted(made.accounts, "account")} until ${expires}.\n`;
  });
}

/** `stillwatch case lift`. */
export function liftCommand(around: Surroundings): Command {
  interface Flags extends PersonFlags {
    readonly account?: readonly string[];
  }
  const command = byPerson(
    new Command("lift").argument("<step>", "such as d3, as `case show` shows it"),
  )
    .description("Take a step back, as a whole or for some accounts.")
    .option("--account <name...>", "only these")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case lift d3 --data ./watch --as bo --reason "answered"',
    );
  return onLedger<Flags>(
    command,
    around,
    async (ledger, { as: by, reason, account: accounts }, id) => {
      const { liftDecision } = await import("../../ledger/decisions.ts");
      const decision = numberOf(id, "d");
      const lifted = await liftDecision(ledger, {
        decision,
        by,
        reason,
        ...(accounts && { accounts }),
      });
      return `d${decision} is lifted for ${counted(lifted, "account")}.\n`;
    },
  );
}
