import { Command } from "commander";
import { onLedger } from "../case/on-ledger.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";

/** `stillwatch agreement list`. */
export function listCommand(around: Surroundings): Command {
  const command = new Command("list")
    .description("List the agreements with what is used of them, or what they say of models.")
    .option("--json", "as JSON, one line of `scan --agreements` each under `agreement`")
    .option(
      "--policy-for <party>",
      "what the register says of models to an organization or account: JSON with is_trainable_text (OpenRouter) and distillationPolicy (NanoGPT)",
    )
    .option("--model <name...>", "with --policy-for: these models too")
    .addHelpText("after", LIST_TAIL);
  interface Flags extends LedgerFlags {
    readonly json?: true;
    readonly policyFor?: string;
    readonly model?: readonly string[];
  }
  return onLedger<Flags>(command, around, async (ledger, { json, policyFor, model = [] }) => {
    const { agreementReports, policies } = await import("../../ledger/agreement-reports.ts");
    const reports = await agreementReports(ledger);
    if (policyFor !== undefined) {
      const at = around.now().toISOString();
      return pretty({ data: policies(reports, policyFor, { models: model, at }) });
    }
    if (json === true) return pretty({ version: 1, agreements: reports });
    const { agreementTable } = await import("../agreement-table.ts");
    return agreementTable(reports, around.now());
  });
}

/** `stillwatch agreement show`. */
export function showCommand(around: Surroundings): Command {
  const command = new Command("show")
    .description("Read an agreement, what is used of it, and its versions.")
    .argument("<id>", "as `agreement list` shows it")
    .option("--json", "as JSON")
    .addHelpText("after", SHOW_TAIL);
  interface Flags extends LedgerFlags {
    readonly json?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { json }, id) => {
    const { readAgreement } = await import("../../ledger/agreements.ts");
    const { agreementReports } = await import("../../ledger/agreement-reports.ts");
    const versions = await readAgreement(ledger, id);
    const report = (await agreementReports(ledger)).find(({ agreement }) => agreement.id === id)!;
    if (json === true) return pretty({ ...report, versions });
    const { agreementStory } = await import("../agreement-table.ts");
    return agreementStory(report, versions, around.now());
  });
}

function pretty(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const LIST_TAIL = `
Use is measured at the end of every scan of the folder, and by a server as it judges. An agreement with no model covers
all: name those you ask of with --model.

Examples:
  stillwatch agreement list --data ./watch
  stillwatch agreement list --policy-for org_2 --model orion-4 --data ./watch`;

const SHOW_TAIL = `
Use is that of all its parties, on its models and in its term, as far back as the folder keeps exchanges. The forecast goes
on at the pace of the last two weeks of traffic.

Example:
  stillwatch agreement show agr_7 --data ./watch`;
