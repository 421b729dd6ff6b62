import { type Command, Option } from "commander";
import { type Step, STEPS } from "../../ledger/tables.ts";
import type { StepToTake } from "../../ledger/take-step.ts";
import { parseDuration } from "../duration.ts";
import type { Surroundings } from "../surroundings.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { type PersonFlags } from "./on-ledger.ts";

/** A step as the command line has it. */
export interface StepFlags extends PersonFlags {
  readonly step: Step;
  readonly code: string;
  readonly for: string;
  readonly account?: readonly string[];
}

/** The options that name a step and whom it is about. */
export function withStep(command: Command): Command {
  return command
    .addOption(
      new Option("--step <step>", "what is to be done").choices([...STEPS]).makeOptionMandatory(),
    )
    .option("--account <name...>", "only these, each found positive; else the group (case plan)");
}

/** The options of a step that is to be taken: how long, and the reason code. */
export function withEnd(command: Command): Command {
  return command
    .requiredOption("--for <duration>", "how long, such as 7d")
    .option("--code <word>", "the reason code for gateway and customer", "coordinated_harvest");
}

/** The step that flags name. Throws SW_CASE_UNKNOWN and what a duration throws. */
export function stepOf(id: string, flags: StepFlags, around: Surroundings): StepToTake {
  const { step, code, as: by, reason, account: accounts } = flags;
  const seconds = parseDuration(flags.for, "--for", { least: 60, most: 366 * 86_400 });
  const expires = new Date(around.now().getTime() + seconds * 1000).toISOString();
  const wanted = { number: numberOf(id), step, reasonCode: code, expires, by, reason };
  return accounts === undefined ? wanted : { ...wanted, accounts };
}
