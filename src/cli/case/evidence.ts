import { Command } from "commander";
import type { Surroundings } from "../surroundings.ts";
import { ledgerOptions, withLedger } from "../with-ledger.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { byPerson, caseArgument, onLedger, type PersonFlags } from "./on-ledger.ts";

/** `stillwatch case reveal`. */
export function revealCommand(around: Surroundings): Command {
  const command = byPerson(new Command("reveal").addArgument(caseArgument()))
    .description(
      "Print one preserved exchange as JSON; who looked at which, and why, goes into the audit.",
    )
    .argument("<exchange>", "its id, as `case show --json` lists them")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case reveal c7 ex_81 --data ./watch --as ana --reason "appeal of acct_9"',
    );
  for (const option of ledgerOptions()) command.addOption(option);
  return command.action(async (id: string, exchange: string, flags: PersonFlags) => {
    const { revealEvidence } = await import("../../ledger/preserve-evidence.ts");
    const { as: by, reason } = flags;
    const wanted = { number: numberOf(id), exchange, by, reason };
    const content = await withLedger(flags, around, (ledger) => revealEvidence(ledger, wanted));
    around.stdout.write(`${JSON.stringify(content, undefined, 2)}\n`);
    around.exitWith(EXIT.clear);
  });
}

/** `stillwatch case hold` and `release`. */
export function holdCommand(
  around: Surroundings,
  name: "hold" | "release",
  description: string,
): Command {
  const command = byPerson(new Command(name).addArgument(caseArgument()))
    .description(description)
    .addHelpText(
      "after",
      `\nExample:\n  stillwatch case ${name} c7 --data ./watch --as cleo --reason "proceedings 12/26"`,
    );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, id) => {
    const { holdCase } = await import("../../ledger/forget-evidence.ts");
    await holdCase(ledger, { number: numberOf(id), held: name === "hold", by, reason });
    return `${id} is ${name === "hold" ? "held" : "held no more"}.\n`;
  });
}
