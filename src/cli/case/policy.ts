import { Command } from "commander";
import { StillwatchError } from "../../core/errors.ts";
import { minute } from "../../report/wording.ts";
import { printable } from "../../report/printable.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";
import { byPerson, onLedger, type PersonFlags } from "./on-ledger.ts";

/** `stillwatch case policy`: by which rules cases are reviewed and steps taken. */
export function policyCommand(around: Surroundings): Command {
  return new Command("policy")
    .description("The rules of review: how sure, how far, and what takes two people.")
    .helpCommand(false)
    .addCommand(showCommand(around))
    .addCommand(proposeCommand(around))
    .addCommand(approveCommand(around))
    .addHelpText("after", HELP_TAIL);
}

function showCommand(around: Surroundings): Command {
  const command = new Command("show")
    .description("Print the rules that hold as YAML, and which versions there are.")
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch case policy show --data ./watch > review-policy.yaml",
    );
  return onLedger<LedgerFlags>(command, around, async (ledger) => {
    const { policyInForce, policyText, readPolicies } =
      await import("../../ledger/review/review-policy.ts");
    const { version, policy } = await ledger.read(policyInForce);
    const lines = (await readPolicies(ledger)).map(
      (one) =>
        `# ${one.version}: proposed by ${printable(one.proposed_by)}, ${minute(one.proposed)}; ${one.approved === null ? "not approved" : `approved by ${printable(one.approved_by ?? "")}, ${minute(one.approved)}`}\n`,
    );
    const holds = version === 0 ? "# The default rules.\n" : `# Version ${version} holds.\n`;
    return `${holds}${lines.join("")}\n${policyText(policy)}`;
  });
}

function proposeCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("propose")
      .description("Propose rules from a YAML file; what it leaves out is as by default.")
      .argument("<file>", "review-policy.yaml"),
  ).addHelpText(
    "after",
    '\nExample:\n  stillwatch case policy propose review-policy.yaml --data ./watch --as cleo --reason "five analysts now"',
  );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, file) => {
    const { readConfigFile } = await import("../../core/config-file.ts");
    const { proposePolicy, REVIEW_POLICY_SHAPE } =
      await import("../../ledger/review/review-policy.ts");
    const policy = readConfigFile(file, REVIEW_POLICY_SHAPE);
    const version = await proposePolicy(ledger, { policy, by, reason });
    return `Version ${version} is proposed; it holds once somebody else approves it: stillwatch case policy approve ${version}\n`;
  });
}

function approveCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("approve")
      .description("Approve rules that somebody else proposed; they hold from now on.")
      .argument("<version>", "its number, as `case policy show` lists it"),
  ).addHelpText(
    "after",
    '\nExample:\n  stillwatch case policy approve 1 --data ./watch --as root --reason "as agreed"',
  );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, text) => {
    const version = Number(text);
    if (!Number.isSafeInteger(version))
      throw new StillwatchError("SW_PROPOSAL_UNKNOWN", { id: `policy ${text}` });
    const { approvePolicy } = await import("../../ledger/review/review-policy.ts");
    await approvePolicy(ledger, { version, by, reason });
    return `Version ${version} holds.\n`;
  });
}

const HELP_TAIL = `
Without a policy of your own the default holds. A change takes two people: counsel or admin proposes it, another of
them approves it. Every version stays in the ledger.

Examples:
  stillwatch case policy show --data ./watch > review-policy.yaml
  stillwatch case policy propose review-policy.yaml --data ./watch --as cleo --reason "five analysts now"
  stillwatch case policy approve 1 --data ./watch --as root --reason "as agreed"`;
