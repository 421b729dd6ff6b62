import { Command } from "commander";
import type { Step } from "../../ledger/tables.ts";
import { counted } from "../../report/wording.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { byPerson, caseArgument, onLedger, type PersonFlags } from "./on-ledger.ts";
import { type StepFlags, stepOf, withEnd, withStep } from "./step-options.ts";

/** `stillwatch case simulate`. */
export function simulateCommand(around: Surroundings): Command {
  const command = withStep(
    new Command("simulate")
      .description("Say what a step would touch and what it still takes; nothing is changed.")
      .addArgument(caseArgument()),
  )
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch case simulate c7 --step deny --data ./watch");
  interface Flags extends LedgerFlags {
    readonly step: Step;
    readonly account?: readonly string[];
    readonly json?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { step, account: accounts, json }, id) => {
    const { simulateCase } = await import("../../ledger/review/weigh-step.ts");
    const number = numberOf(id);
    const weighed = await simulateCase(ledger, { number, step, ...(accounts && { accounts }) });
    if (json === true) {
      const { simulation, pending, over, second = null } = weighed;
      const said = { version: 1, simulation, accounts: weighed.accounts, pending, over, second };
      return `${JSON.stringify(said, undefined, 2)}\n`;
    }
    const { simulationText } = await import("./simulation-text.ts");
    return simulationText(step, weighed);
  });
}

/** `stillwatch case act`. */
export function actCommand(around: Surroundings): Command {
  const command = byPerson(
    withEnd(
      withStep(
        new Command("act")
          .description(
            "Decide a step on accounts of a confirmed case. It ends by itself, and can be undone.",
          )
          .addArgument(caseArgument()),
      ),
    ),
  )
    .option(
      "--break-glass",
      "alone and at once, without sample, limits and second person: 24 h at most, and somebody else has to look at it afterwards",
    )
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case act c7 --data ./watch --step limit --for 7d --as bo --reason "until they answer"',
    );
  interface Flags extends StepFlags {
    readonly breakGlass?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, flags, id) => {
    const step = stepOf(id, flags, around);
    const until = `until ${step.expires}`;
    if (flags.breakGlass === true) {
      const { breakGlass } = await import("../../ledger/review/propose-step.ts");
      const { decision, proposal, weighed } = await breakGlass(ledger, step);
      const whom = counted(weighed.accounts.length, "account");
      return `d${decision}: ${step.step} for ${whom} ${until}, breaking glass. Somebody else has to look at it: stillwatch case approve p${proposal}\n`;
    }
    const { decide } = await import("../../ledger/decisions.ts");
    const made = await decide(ledger, step);
    return `d${made.decision}: ${step.step} for ${counted(made.accounts, "account")} ${until}.\n`;
  });
}

/** `stillwatch case propose`. */
export function proposeCommand(around: Surroundings): Command {
  const command = byPerson(
    withEnd(
      withStep(
        new Command("propose")
          .description(
            "Propose a step on accounts of a confirmed case, for somebody else to approve.",
          )
          .addArgument(caseArgument()),
      ),
    ),
  ).addHelpText(
    "after",
    '\nExample:\n  stillwatch case propose c7 --data ./watch --step deny --for 30d --as bo --reason "nobody answered"',
  );
  return onLedger<StepFlags>(command, around, async (ledger, flags, id) => {
    const { proposeStep } = await import("../../ledger/review/propose-step.ts");
    const step = stepOf(id, flags, around);
    const { proposal, weighed, lapses } = await proposeStep(ledger, step);
    const { simulationText } = await import("./simulation-text.ts");
    return `${simulationText(step.step, weighed)}p${proposal}: to be approved until ${lapses} by somebody else: stillwatch case approve p${proposal}\n`;
  });
}

/** `stillwatch case approve`. */
export function approveCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("approve")
      .description(
        "Approve a step that somebody else proposed, and take it; or say that you looked at one that broke glass.",
      )
      .argument("<proposal>", "such as p3, as `case show` shows it"),
  ).addHelpText(
    "after",
    '\nExample:\n  stillwatch case approve p3 --data ./watch --as cyd --reason "read it; the sample is sound"',
  );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, id) => {
    const { approveStep } = await import("../../ledger/review/propose-step.ts");
    const made = await approveStep(ledger, { proposal: numberOf(id, "p"), by, reason });
    const { proposal, decision, accounts } = made;
    if (proposal.broke_glass === 1)
      return `${id}: d${decision}, which broke glass, was looked at.\n`;
    return `d${decision}: ${proposal.step} for ${counted(accounts, "account")} until ${proposal.ends}.\n`;
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
