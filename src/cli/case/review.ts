import { Command, InvalidArgumentError, Option } from "commander";
import { type Finding, FINDINGS } from "../../ledger/tables.ts";
import type { Ledger } from "../../ledger/open-ledger.ts";
import { counted } from "../../report/wording.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { byPerson, caseArgument, onLedger, type PersonFlags } from "./on-ledger.ts";

/** `stillwatch case plan`. */
export function planCommand(around: Surroundings): Command {
  const command = new Command("plan")
    .description(
      "Say which accounts are to be opened before a step on the group: single ones, and a sample that stands for the rest.",
    )
    .addArgument(caseArgument())
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch case plan c7 --data ./watch");
  return onLedger<LedgerFlags & { readonly json?: true }>(
    command,
    around,
    async (ledger, { json }, id) => {
      const { readReview } = await import("../../ledger/review/read-plan.ts");
      const { plan, policy, policyVersion } = await readReview(ledger, numberOf(id));
      if (json === true) {
        const said = { version: 1, policy_version: policyVersion, policy, plan };
        return `${JSON.stringify(said, undefined, 2)}\n`;
      }
      const { planText } = await import("./plan-text.ts");
      return planText(numberOf(id), plan, policy.review);
    },
  );
}

/** `stillwatch case open-account`. */
export function openAccountCommand(around: Surroundings): Command {
  interface Flags extends LedgerFlags {
    readonly as: string;
    readonly next?: number;
    readonly json?: true;
  }
  const command = new Command("open-account")
    .description(
      "Read the evidence on accounts of a case, ten at most; that each was opened, by whom, goes into the audit.",
    )
    .addArgument(caseArgument())
    .argument("[accounts...]", "their names")
    .requiredOption("--as <user>", "who reads it")
    .option(
      "--next <count>",
      "the next ones that nobody has reviewed and the plan asks for, instead of names",
      wholeNumber,
    )
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  stillwatch case open-account c7 acct_9 --data ./watch --as ana\n  stillwatch case open-account c7 --next 5 --data ./watch --as ana",
    );
  return onLedger<Flags>(command, around, async (ledger, { as: by, next, json }, id, names) => {
    const number = numberOf(id);
    const { openAccounts } = await import("../../ledger/review/open-account.ts");
    const accounts = next === undefined ? names : await nextAccounts(ledger, number, next);
    if (accounts.length === 0) return `Nothing of c${number} is left to be opened.\n`;
    const opened = await openAccounts(ledger, { number, accounts, by });
    if (json === true) return `${JSON.stringify({ version: 1, accounts: opened }, undefined, 2)}\n`;
    const { accountText } = await import("./account-text.ts");
    return accountText(opened, Math.max(60, Math.min(around.stdout.columns ?? 80, 120)));
  });
}

/** `stillwatch case review`. */
export function reviewCommand(around: Surroundings): Command {
  interface Flags extends PersonFlags {
    readonly finding: Finding;
  }
  const command = byPerson(
    new Command("review")
      .description(
        "Note what accounts were found to be, each opened by the same person as it is now.",
      )
      .addArgument(caseArgument())
      .argument("<accounts...>", "their names"),
  )
    .addOption(
      new Option(
        "--finding <finding>",
        "legitimate and unclear take them out of every step, and make the sample larger",
      )
        .choices([...FINDINGS])
        .makeOptionMandatory(),
    )
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case review c7 acct_9 acct_12 --finding positive --data ./watch --as ana --reason "dealt the same list"',
    );
  return onLedger<Flags>(
    command,
    around,
    async (ledger, { as: by, reason, finding }, id, accounts) => {
      const number = numberOf(id);
      const { noteFinding } = await import("../../ledger/review/open-account.ts");
      await noteFinding(ledger, { number, accounts, finding, by, reason });
      const { readReview } = await import("../../ledger/review/read-plan.ts");
      const { plan } = await readReview(ledger, number);
      const left =
        plan.pending.length === 0
          ? "The sample is complete"
          : `${counted(plan.pending.length, "account")} of the sample still to be reviewed`;
      return `${counted(accounts.length, "account")} found ${finding}. ${left}.\n`;
    },
  );
}

async function nextAccounts(
  ledger: Ledger,
  number: number,
  count: number,
): Promise<readonly string[]> {
  const { readReview } = await import("../../ledger/review/read-plan.ts");
  const { plan } = await readReview(ledger, number);
  const single = plan.single.flatMap(({ account, finding }) =>
    finding === undefined ? [account] : [],
  );
  return [...plan.pending, ...single].slice(0, count);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("Give a whole number.");
}
