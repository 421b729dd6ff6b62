import { Command, Option } from "commander";
import type { Acknowledged } from "../../ledger/acknowledgements.ts";
import type { Ledger } from "../../ledger/open-ledger.ts";
import { CASE_STATES, type CaseState, type DecisionRow } from "../../ledger/tables.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";
import { numberOf } from "../../ledger/number-of.ts";
import { caseArgument, onLedger } from "./on-ledger.ts";

const ALL = Number.MAX_SAFE_INTEGER;
const COMMANDS_SHOWN = 10;

/** `stillwatch case list`. */
export function listCommand(around: Surroundings): Command {
  const command = new Command("list")
    .description("List the cases, the newest first.")
    .addOption(new Option("--state <state...>", "only those").choices([...CASE_STATES]))
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch case list --data ./watch --state suspected");
  interface Flags extends LedgerFlags {
    readonly state?: readonly CaseState[];
    readonly json?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { state, json }) => {
    const { readCases } = await import("../../ledger/read-cases.ts");
    const cases = await readCases(ledger, state);
    if (json === true) return `${JSON.stringify({ version: 1, cases }, undefined, 2)}\n`;
    const { readProposals } = await import("../../ledger/review/propose-step.ts");
    const unseen = (await readProposals(ledger)).filter(
      ({ broke_glass, approved }) => broke_glass === 1 && approved === null,
    );
    const { readSwitch } = await import("../../ledger/outbox.ts");
    const { caseTable, unseenText } = await import("../case-table.ts");
    const { stoppedLine } = await import("../outbox-table.ts");
    const stopped = stoppedLine(await readSwitch(ledger)).map((line) => `Commands: ${line}\n`);
    return [caseTable(cases), unseenText(unseen), ...stopped].join("");
  });
}

/** `stillwatch case show`. */
export function showCommand(around: Surroundings): Command {
  const command = new Command("show")
    .description("Read a case; that it was read, by whom, goes into the audit.")
    .addArgument(caseArgument())
    .requiredOption("--as <user>", "who reads it")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch case show c7 --data ./watch --as ana");
  interface Flags extends LedgerFlags {
    readonly as: string;
    readonly json?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { as: by, json }, id) => {
    const number = numberOf(id);
    const { reviewCase } = await import("../../ledger/move-case.ts");
    const { readCase } = await import("../../ledger/read-cases.ts");
    await reviewCase(ledger, { number, by });
    const { readEvidence } = await import("../../ledger/preserve-evidence.ts");
    const evidence = await readEvidence(ledger, number);
    const story = await readCase(ledger, number);
    const { agreementReports } = await import("../../ledger/agreement-reports.ts");
    const named = story.group?.agreement;
    const agreement = (await agreementReports(ledger)).find((one) => one.agreement.id === named);
    const acknowledged = await acknowledgedSteps(ledger, story.decisions);
    const { outboxStatus } = await import("../../ledger/outbox-status.ts");
    const commands = await outboxStatus(ledger, json === true ? ALL : COMMANDS_SHOWN, number);
    const file = { ...story, evidence, agreement, acknowledged, commands };
    if (json === true) return `${JSON.stringify({ version: 1, ...file }, undefined, 2)}\n`;
    const { caseStory } = await import("../case-table.ts");
    return caseStory(file, Math.max(60, Math.min(around.stdout.columns ?? 80, 120)));
  });
}

/** How far gateways are with each step, by its number. */
async function acknowledgedSteps(
  ledger: Ledger,
  decisions: readonly DecisionRow[],
): Promise<Readonly<Record<number, Acknowledged>>> {
  const { stepAcknowledged } = await import("../../ledger/acknowledgements.ts");
  const said: Record<number, Acknowledged> = {};
  for (const [number, rows] of Map.groupBy(decisions, (row) => row.number)) {
    const one = await stepAcknowledged(ledger, rows);
    if (one !== undefined && one.gateways > 0) said[number] = one;
  }
  return said;
}
