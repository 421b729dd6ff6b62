import { Command, InvalidArgumentError, Option } from "commander";
import { EXPLANATIONS, type Explanation, type Move } from "../../ledger/move-case.ts";
import type { Surroundings } from "../surroundings.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { byPerson, caseArgument, onLedger, type PersonFlags } from "./on-ledger.ts";

interface MoveFlags extends PersonFlags {
  readonly because?: Explanation;
  readonly reopenBits?: number;
}

/** A command that moves a case to the state that its flags say. */
export function moveCommand(
  around: Surroundings,
  name: string,
  description: string,
  moveOf: (flags: MoveFlags) => Move,
  extra: (command: Command) => Command = (command) => command,
): Command {
  const command = extra(
    byPerson(new Command(name).description(description).addArgument(caseArgument())),
  ).addHelpText(
    "after",
    `\nExample:\n  stillwatch case ${name} c7 --data ./watch --as ana ${name === "explain" ? "--because teaching " : ""}--reason "a course, confirmed by the university"`,
  );
  return onLedger<MoveFlags>(command, around, async (ledger, flags, id) => {
    const { moveCase } = await import("../../ledger/move-case.ts");
    const number = numberOf(id);
    const { as: by, reason } = flags;
    const state = await moveCase(ledger, { number, move: moveOf(flags), by, reason });
    return `c${number} is ${state}.\n`;
  });
}

/** `stillwatch case explain`. */
export function explainCommand(around: Surroundings): Command {
  const description =
    "It is real and legitimate. Its steps are lifted, and it stays so until the evidence exceeds --reopen-bits.";
  return moveCommand(
    around,
    "explain",
    description,
    ({ because, reopenBits }) => ({
      to: "explained",
      as: because ?? "other",
      ...(reopenBits !== undefined && { reopenBits }),
    }),
    (command) =>
      withReopenBits(
        command.addOption(
          new Option("--because <kind>", "what explains it")
            .choices([...EXPLANATIONS])
            .makeOptionMandatory(),
        ),
      ),
  );
}

/** `stillwatch case overturn`. */
export function overturnCommand(around: Surroundings): Command {
  return moveCommand(
    around,
    "overturn",
    "What was done was wrong. Its steps are lifted and its accounts count as legitimate.",
    ({ reopenBits }) => ({ to: "overturned", ...(reopenBits !== undefined && { reopenBits }) }),
    withReopenBits,
  );
}

function withReopenBits(command: Command): Command {
  return command.option(
    "--reopen-bits <bits>",
    "evidence on the weaker axis at which it comes back; 10 bits more than now unless given",
    (text) => {
      const value = Number(text);
      if (Number.isFinite(value) && value >= 0) return value;
      throw new InvalidArgumentError("Give a number of bits.");
    },
  );
}
