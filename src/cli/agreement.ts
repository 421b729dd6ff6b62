import { Command } from "commander";
import { addCommand, endCommand, importCommand } from "./agreement/record.ts";
import { listCommand, showCommand } from "./agreement/read.ts";
import type { Surroundings } from "./surroundings.ts";

/** `stillwatch agreement`: the register of permissions to make training data of outputs. */
export function agreementCommand(around: Surroundings): Command {
  return new Command("agreement")
    .description(
      "Register who may make training data of outputs: with which models, how much, until when. The judge consults it.",
    )
    .helpCommand(false)
    .addCommand(addCommand(around))
    .addCommand(listCommand(around))
    .addCommand(showCommand(around))
    .addCommand(endCommand(around))
    .addCommand(importCommand(around))
    .addHelpText("after", HELP_TAIL);
}

const HELP_TAIL = `
A group whose accounts all name an agreement (\`agreement\` in their lines of the accounts file), and are named by it,
is bulk and not flagged as long as all its use is within the agreement; otherwise the reason says what is not. A
running server takes a change at its next tick, a scan of the folder at once.

Examples:
  stillwatch agreement add agr_7 --customer "Lindgren & Partners" --organization org_2 --model orion-4 \\
    --purpose "tutoring model" --exchanges 2000000 --from 2026-04-01 --until 2027-04-01 \\
    --document signed.pdf --as cora --reason "contract 2026-118" --data ./watch
  stillwatch agreement import agreements.ndjson --as cora --reason "from the contracts' list" --data ./watch
  stillwatch agreement show agr_7 --data ./watch
  stillwatch agreement list --policy-for org_2 --model orion-4 --data ./watch
  stillwatch agreement end agr_7 --as cora --reason "terminated by the customer" --data ./watch`;
