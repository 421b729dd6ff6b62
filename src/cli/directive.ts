import { Command } from "commander";
import { auditCommand } from "./audit.ts";
import { dryRunCommand, listCommand, refusalsCommand, showCommand } from "./directive/read.ts";
import {
  addCommand,
  attestCommand,
  enforceCommand,
  exemptCommand,
  liftCommand,
} from "./directive/set.ts";
import { withDirectives } from "./directive/with-directives.ts";
import type { Surroundings } from "./surroundings.ts";

/** `stillwatch directive`: access restrictions imposed from outside. */
export function directiveCommand(around: Surroundings): Command {
  return new Command("directive")
    .description(
      "Restrict models for a class of persons, by an order from outside. Apart from cases: what is attested of persons never reaches them.",
    )
    .helpCommand(false)
    .addCommand(addCommand(around))
    .addCommand(listCommand(around))
    .addCommand(showCommand(around))
    .addCommand(attestCommand(around))
    .addCommand(dryRunCommand(around))
    .addCommand(enforceCommand(around))
    .addCommand(exemptCommand(around))
    .addCommand(refusalsCommand(around))
    .addCommand(liftCommand(around))
    .addCommand(
      auditCommand(around, {
        command: "stillwatch directive audit",
        description: "Check and export the record of what was done to directives.",
        open: (flags, work) => withDirectives(flags, around, work),
        checkpointFile: "directives-checkpoint.json",
        problems: async (flags) => {
          const { refusalProblems } = await import("../ledger/directives/keep-refusals.ts");
          return withDirectives(flags, around, refusalProblems);
        },
      }),
    )
    .addHelpText("after", HELP_TAIL);
}

const HELP_TAIL = `
A directive is set in two steps, draft and in force, by counsel alone: an admin may not. What is attested of persons
decides whom it turns away; whoever isn't known is treated as --unknown says. Until the first user is made (stillwatch
user set), whoever has the folder may do all under any name.

Examples:
  stillwatch directive add --data ./watch --as cleo --models orion-4 --class restricted_person --words "By order …"
  stillwatch directive attest --file attestations.ndjson --data ./watch --as cleo
  stillwatch directive dry-run dir1 --data ./watch --as cleo
  stillwatch directive enforce dir1 --data ./watch --as cleo
  stillwatch directive lift dir1 --data ./watch --as cleo --reason "order lifted"`;
