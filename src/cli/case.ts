import { existsSync } from "node:fs";
import { join } from "node:path";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import type { Group } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";
import { EXPLANATIONS, type Explanation, type Move } from "../ledger/move-case.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import {
  CASE_STATES,
  type CaseState,
  type Finding,
  FINDINGS,
  type Step,
  STEPS,
} from "../ledger/tables.ts";
import { counted } from "../report/wording.ts";
import { parseDuration } from "./duration.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "./with-ledger.ts";

interface PersonFlags extends LedgerFlags {
  readonly as: string;
  readonly reason: string;
}

interface MoveFlags extends PersonFlags {
  readonly because?: Explanation;
  readonly reopenBits?: number;
}

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
    .addCommand(
      moveCommand(around, "confirm", "A reviewer has read it and it stands.", () => ({
        to: "confirmed",
      })),
    )
    .addCommand(explainCommand(around))
    .addCommand(actCommand(around))
    .addCommand(liftCommand(around))
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
    .addHelpText("after", HELP_TAIL);
}

/** What is done with a ledger, by whom. */
type Work<F> = (ledger: Ledger, flags: F, first: string) => Promise<string>;

/** Gives a command its ledger's options, and what to do with that. */
function onLedger<F extends LedgerFlags>(
  command: Command,
  around: Surroundings,
  work: Work<F>,
): Command {
  for (const option of ledgerOptions()) command.addOption(option);
  return command.action(async (...given: readonly unknown[]) => {
    const flags = given.at(-2) as F;
    const first = given.length > 2 ? (given[0] as string) : "";
    around.stdout.write(await withLedger(flags, around, (ledger) => work(ledger, flags, first)));
    around.exitWith(EXIT.clear);
  });
}

function byPerson(command: Command): Command {
  return command
    .requiredOption("--as <user>", "who decides this")
    .requiredOption("--reason <text>", "why; it stays in the audit");
}

function caseArgument(): Argument {
  return new Argument("<case>", "such as c7, as `case list` shows it");
}

function numberOf(id: string, letter = "c"): number {
  const number = Number(new RegExp(`^${letter}?([1-9]\\d{0,8})$`).exec(id)?.[1] ?? 0);
  if (number === 0) throw new StillwatchError("SW_CASE_UNKNOWN", { id });
  return number;
}

function openCommand(around: Surroundings): Command {
  const command = new Command("open").description(
    "Open a case for each group that the last scan of the folder flagged, and preserve its evidence; those that have one are brought up to date, and those closed for two years forgotten.",
  );
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", "\nExample:\n  stillwatch case open --data ./watch")
    .action(async (flags: LedgerFlags) => {
      const { readLastScan } = await import("../judge/last-scan.ts");
      const { groups } = readLastScan(flags.data).result;
      const { openCases } = await import("../ledger/open-cases.ts");
      const { forgetClosedCases } = await import("../ledger/forget-evidence.ts");
      const said = await withLedger(
        flags,
        around,
        async (ledger) => {
          const { opened, updated } = await openCases(ledger, groups);
          const forgotten = await forgetClosedCases(ledger);
          const which = opened.map(({ number }) => `c${number}`).join(", ");
          const begun =
            opened.length === 0
              ? "No new case"
              : `${counted(opened.length, "case")} opened: ${which}`;
          const gone = forgotten.length === 0 ? "" : `; ${forgotten.length} forgotten`;
          around.stdout.write(`${begun}; ${updated.length} brought up to date${gone}.\n`);
          return preserved(ledger, groups, flags.data);
        },
        true,
      );
      around.stdout.write(said);
      around.exitWith(EXIT.clear);
    });
}

/** Preserves evidence, where the folder's traffic isn't in use by a server. */
async function preserved(
  ledger: Ledger,
  groups: readonly Group[],
  dataDir: string,
): Promise<string> {
  const { casesWithoutEvidence } = await import("../ledger/preserve-evidence.ts");
  const traffic = existsSync(join(dataDir, "secrets.json"));
  if (!traffic || (await casesWithoutEvidence(ledger)).length === 0) return "";
  const [{ openWarehouse }, { fillCases }, { loadSecret }, { randomBytes }] = await Promise.all([
    import("../warehouse/open-warehouse.ts"),
    import("../judge/fill-cases.ts"),
    import("../ingest/installation-secret.ts"),
    import("node:crypto"),
  ]);
  const warehouse = await openWarehouse({ dataDir });
  try {
    const from = { warehouse, secret: await loadSecret(dataDir), random: randomBytes };
    const { cases, exchanges } = await fillCases(ledger, groups, from);
    return `${counted(exchanges, "exchange")} preserved for ${counted(cases, "case")}.\n`;
  } finally {
    await warehouse.close();
  }
}

function listCommand(around: Surroundings): Command {
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
    const { readCases } = await import("../ledger/read-cases.ts");
    const cases = await readCases(ledger, state);
    if (json === true) return `${JSON.stringify({ version: 1, cases }, undefined, 2)}\n`;
    const { caseTable } = await import("./case-table.ts");
    return caseTable(cases);
  });
}

function showCommand(around: Surroundings): Command {
  const command = new Command("show")
    .description("Read a case; that it was read, by whom, goes into the audit.")
    .addArgument(caseArgument())
    .requiredOption("--as <user>", "who reads it")
    .option("--account <name>", "one of its accounts that was looked at")
    .addOption(
      new Option("--finding <finding>", "what that account was found to be").choices([...FINDINGS]),
    )
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  stillwatch case show c7 --data ./watch --as ana\n  stillwatch case show c7 --data ./watch --as ana --account acct_9 --finding legitimate",
    );
  interface Flags extends LedgerFlags {
    readonly as: string;
    readonly account?: string;
    readonly finding?: Finding;
    readonly json?: true;
  }
  return onLedger<Flags>(
    command,
    around,
    async (ledger, { as: by, account, finding, json }, id) => {
      const number = numberOf(id);
      const { reviewCase } = await import("../ledger/move-case.ts");
      const { readCase } = await import("../ledger/read-cases.ts");
      await reviewCase(ledger, {
        number,
        by,
        ...(account && { account }),
        ...(finding && { finding }),
      });
      const { readEvidence } = await import("../ledger/preserve-evidence.ts");
      const evidence = await readEvidence(ledger, number);
      const file = { ...(await readCase(ledger, number)), evidence };
      if (json === true) return `${JSON.stringify({ version: 1, ...file }, undefined, 2)}\n`;
      const { caseStory } = await import("./case-table.ts");
      return caseStory(file, Math.max(60, Math.min(around.stdout.columns ?? 80, 120)));
    },
  );
}

function moveCommand(
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
    const { moveCase } = await import("../ledger/move-case.ts");
    const number = numberOf(id);
    const { as: by, reason } = flags;
    const state = await moveCase(ledger, { number, move: moveOf(flags), by, reason });
    return `c${number} is ${state}.\n`;
  });
}

function explainCommand(around: Surroundings): Command {
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

function overturnCommand(around: Surroundings): Command {
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

function actCommand(around: Surroundings): Command {
  interface Flags extends PersonFlags {
    readonly step: Step;
    readonly code: string;
    readonly for: string;
    readonly account?: readonly string[];
  }
  const command = byPerson(new Command("act").addArgument(caseArgument()))
    .description(
      "Decide a step on accounts of a confirmed case. It ends by itself, and can be lifted.",
    )
    .addOption(
      new Option("--step <step>", "what is to be done").choices([...STEPS]).makeOptionMandatory(),
    )
    .requiredOption("--for <duration>", "how long, such as 7d")
    .option("--code <word>", "the reason code for gateway and customer", "coordinated_harvest")
    .option("--account <name...>", "only these; else all that are operated")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case act c7 --data ./watch --step limit --for 7d --as bo --reason "until they answer"',
    );
  return onLedger<Flags>(command, around, async (ledger, flags, id) => {
    const { decide } = await import("../ledger/decisions.ts");
    const { step, code, as: by, reason, account: accounts } = flags;
    const seconds = parseDuration(flags.for, "--for", { least: 60, most: 366 * 86_400 });
    const expires = new Date(around.now().getTime() + seconds * 1000).toISOString();
    const wanted = { number: numberOf(id), step, reasonCode: code, expires, by, reason };
    const made = await decide(ledger, accounts === undefined ? wanted : { ...wanted, accounts });
    return `d${made.decision}: ${step} for ${counted(made.accounts, "account")} until ${expires}.\n`;
  });
}

function liftCommand(around: Surroundings): Command {
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
      const { liftDecision } = await import("../ledger/decisions.ts");
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

function revealCommand(around: Surroundings): Command {
  const command = byPerson(new Command("reveal").addArgument(caseArgument()))
    .description(
      "Print one preserved exchange as JSON; who looked at which, and why, goes into the audit.",
    )
    .argument("<exchange>", "its id, as `case show --json` lists them")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch case reveal c7 ex_81 --data ./watch --as ana --reason "appeal of acct_9"',
    );
  for (const option of ledgerOptions()) command.addOption(option);
  return command.action(async (id: string, exchange: string, flags: PersonFlags) => {
    const { revealEvidence } = await import("../ledger/preserve-evidence.ts");
    const { as: by, reason } = flags;
    const wanted = { number: numberOf(id), exchange, by, reason };
    const content = await withLedger(flags, around, (ledger) => revealEvidence(ledger, wanted));
    around.stdout.write(`${JSON.stringify(content, undefined, 2)}\n`);
    around.exitWith(EXIT.clear);
  });
}

function holdCommand(around: Surroundings, name: "hold" | "release", description: string): Command {
  const command = byPerson(new Command(name).addArgument(caseArgument()))
    .description(description)
    .addHelpText(
      "after",
      `\nExample:\n  stillwatch case ${name} c7 --data ./watch --as cleo --reason "proceedings 12/26"`,
    );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, id) => {
    const { holdCase } = await import("../ledger/forget-evidence.ts");
    await holdCase(ledger, { number: numberOf(id), held: name === "hold", by, reason });
    return `${id} is ${name === "hold" ? "held" : "held no more"}.\n`;
  });
}

const HELP_TAIL = `
A case goes suspected → confirmed or explained → acted → upheld or overturned, and can be reopened. Only who has read
it as it is now (case show) can confirm it. Until the first user is made (stillwatch user set), whoever has the folder
may do all under any name.

Examples:
  stillwatch case open --data ./watch
  stillwatch case list --data ./watch
  stillwatch case show c7 --data ./watch --as ana
  stillwatch case confirm c7 --data ./watch --as ana --reason "one crew behind 80 cards"
  stillwatch case explain c8 --data ./watch --as ana --because teaching --reason "a course"`;
