import { Command } from "commander";
import {
  actCommand,
  approveCommand,
  liftCommand,
  proposeCommand,
  simulateCommand,
} from "./case/act.ts";
import { holdCommand, revealCommand } from "./case/evidence.ts";
import { explainCommand, moveCommand, overturnCommand } from "./case/move.ts";
import { openCommand } from "./case/open.ts";
import { policyCommand } from "./case/policy.ts";
import { listCommand, showCommand } from "./case/read.ts";
import { openAccountCommand, planCommand, reviewCommand } from "./case/review.ts";
import { undoCommand } from "./case/undo.ts";
import type { Surroundings } from "./surroundings.ts";

/** `stillwatch case`: what people make of flagged groups. */
export function caseCommand(around: Surroundings): Command {
  return new Command("case")
    .description(
      "Decide about flagged groups: read, confirm or explain, act, undo. All of it is in the audit.",
    )
    .helpCommand(false)
    .addCommand(openCommand(around))
    .addCommand(listCommand(around))
    .addCommand(showCommand(around))
    .addCommand(planCommand(around))
    .addCommand(openAccountCommand(around))
    .addCommand(reviewCommand(around))
    .addCommand(
      moveCommand(around, "confirm", "A reviewer has read it and it stands.", () => ({
        to: "confirmed",
      })),
    )
    .addCommand(explainCommand(around))
    .addCommand(simulateCommand(around))
    .addCommand(actCommand(around))
    .addCommand(proposeCommand(around))
    .addCommand(approveCommand(around))
    .addCommand(liftCommand(around))
    .addCommand(undoCommand(around))
    .addCommand(
      moveCommand(around, "uphold", "What was done was right, also after an appeal.", () => ({
        to: "upheld",
      })),
    )
    .addCommand(overturnCommand(around))
    .addCommand(moveCommand(around, "reopen", "Look at it again.", () => ({ to: "suspected" })))
    .addCommand(revealCommand(around))
    .addCommand(holdCommand(around, "hold", "Let nothing that the case preserved be erased."))
    .addCommand(holdCommand(around, "release", "End a hold."))
    .addCommand(policyCommand(around))
    .addHelpText("after", HELP_TAIL);
}

const HELP_TAIL = `
A case goes suspected → confirmed or explained → acted → upheld or overturned, and can be reopened. Only who has read
it as it is now (case show) can confirm it. A step takes a review: some accounts are opened one by one, a random sample
stands for the others (case plan). Steps that hurt, and those on many accounts, are proposed by one person and approved
by another. Until the first user is made (stillwatch user set), whoever has the folder may do all under any name.

Examples:
  stillwatch case open --data ./watch
  stillwatch case show c7 --data ./watch --as ana
  stillwatch case confirm c7 --data ./watch --as ana --reason "one crew behind 80 cards"
  stillwatch case open-account c7 --next 5 --data ./watch --as ana
  stillwatch case review c7 acct_9 --finding positive --data ./watch --as ana --reason "dealt the same list"
  stillwatch case propose c7 --step deny --for 30d --data ./watch --as bo --reason "nobody answered"
  stillwatch case approve p1 --data ./watch --as cyd --reason "read it; the sample is sound"
  stillwatch case explain c8 --data ./watch --as ana --because teaching --reason "a course"`;
