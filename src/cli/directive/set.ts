import { Argument, Command, Option } from "commander";
import {
  draftDirective,
  enforceDirective,
  exemptFrom,
  liftDirective,
  REMEDY,
} from "../../ledger/directives/set-directives.ts";
import {
  POPULATIONS,
  type Population,
  UNKNOWNS,
  type Unknowns,
} from "../../ledger/directives/tables.ts";
import { StillwatchError } from "../../core/errors.ts";
import { grouped } from "../../core/counted.ts";
import type { Surroundings } from "../surroundings.ts";
import { byCounsel, type CounselFlags, counselIn, onDirectives } from "./with-directives.ts";

/** `directive add`: drafts one. */
export function addCommand(around: Surroundings): Command {
  interface Flags extends CounselFlags {
    readonly models: readonly string[];
    readonly class: string;
    readonly words: string;
    readonly remedy: string;
    readonly unknown: Unknowns;
    readonly population: readonly Population[];
    readonly from?: string;
    readonly until?: string;
  }
  const command = byCounsel(new Command("add"))
    .description("Draft a directive. It binds nobody until it is put in force.")
    .requiredOption(
      "--models <name...>",
      "the models, exactly, or the beginning of names and a *; aliases too",
    )
    .requiredOption("--class <word>", "the class of persons, as attestations call it")
    .requiredOption("--words <text>", "what is told to whoever is turned away")
    .option("--remedy <text>", "what they can do about it", REMEDY)
    .addOption(
      new Option(
        "--unknown <what>",
        "what is done about persons of whom it isn't known whether the class is theirs",
      )
        .choices([...UNKNOWNS])
        .default("deny"),
    )
    .addOption(
      new Option("--population <who...>", "whom it binds")
        .choices([...POPULATIONS])
        .default([...POPULATIONS]),
    )
    .option("--from <time>", "when its window begins; else when it is put in force")
    .option("--until <time>", "when its window ends; else when it is lifted")
    .addHelpText("after", ADD_TAIL);
  return onDirectives<Flags>(
    command,
    around,
    async (store, flags) => {
      const { models, words, remedy, unknown: unknowns, population: populations } = flags;
      const begins = timeOf("--from", flags.from);
      const ends = timeOf("--until", flags.until);
      const by = await counselIn(flags, around);
      const shared = { models, words, remedy, unknowns, populations, begins, ends, by };
      const number = await draftDirective(store, { ...shared, class: flags.class });
      return `dir${number} is a draft. See whom it would turn away (stillwatch directive dry-run dir${number}), then put it in force (stillwatch directive enforce dir${number}).\n`;
    },
    true,
  );
}

/** `directive enforce`: the second step. */
export function enforceCommand(around: Surroundings): Command {
  const command = byCounsel(new Command("enforce").addArgument(directiveArgument()))
    .description("Put a draft in force: a running server turns people away within a second.")
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch directive enforce dir3 --data ./watch --as cleo",
    );
  return onDirectives<CounselFlags>(command, around, async (store, flags, id) => {
    const { directiveNumber, readDirective } =
      await import("../../ledger/directives/read-directives.ts");
    const number = directiveNumber(id);
    await enforceDirective(store, { number, by: await counselIn(flags, around) });
    const { begins, ends } = await readDirective(store, number);
    return `dir${number} is in force from ${begins ?? "now on"}${ends === null ? "" : ` to ${ends}`}.\n`;
  });
}

/** `directive lift`: ends one, and says whom it turned away. */
export function liftCommand(around: Surroundings): Command {
  interface Flags extends CounselFlags {
    readonly reason: string;
    readonly json?: true;
  }
  const command = byCounsel(new Command("lift").addArgument(directiveArgument()))
    .description(
      "Lift a directive: access is restored within a second. Prints whom it turned away.",
    )
    .requiredOption("--reason <text>", "why; it stays in the audit")
    .option("--json", "whom it turned away as JSON")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch directive lift dir3 --data ./watch --as cleo --reason "order lifted"',
    );
  return onDirectives<Flags>(command, around, async (store, flags, id) => {
    const [{ directiveNumber }, { readRefusals }, { refusalText }] = await Promise.all([
      import("../../ledger/directives/read-directives.ts"),
      import("../../ledger/directives/keep-refusals.ts"),
      import("./tables.ts"),
    ]);
    const number = directiveNumber(id);
    const by = await counselIn(flags, around);
    await liftDirective(store, { number, reason: flags.reason, by });
    const refusals = await readRefusals(store, number);
    if (flags.json === true) return `${JSON.stringify({ version: 1, refusals }, undefined, 2)}\n`;
    return `dir${number} is lifted.\n${refusalText(refusals)}`;
  });
}

/** `directive exempt`: lets somebody pass. */
export function exemptCommand(around: Surroundings): Command {
  interface Flags extends CounselFlags {
    readonly account?: string;
    readonly organization?: string;
    readonly person?: string;
    readonly until: string;
    readonly reason: string;
  }
  const command = byCounsel(new Command("exempt").addArgument(directiveArgument()))
    .description("Let somebody pass whom a directive would turn away, for a time.")
    .option("--account <name>", "within which account")
    .option("--organization <name>", "or within which organization")
    .option("--person <id>", "whom; else all of it")
    .requiredOption("--until <time>", "how long; now or earlier ends it")
    .requiredOption("--reason <text>", "why, such as a licence; it stays in the audit")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch directive exempt dir3 --account acct_9 --person u_81 --until 2027-06-30 --reason "licence 81" --data ./watch --as cleo',
    );
  return onDirectives<Flags>(command, around, async (store, flags, id) => {
    const [{ directiveNumber }, { placeOf }] = await Promise.all([
      import("../../ledger/directives/read-directives.ts"),
      import("../../response/directives/statement-line.ts"),
    ]);
    const { account, organization, person, reason } = flags;
    if ((account === undefined) === (organization === undefined))
      throw usage("Say within what: --account or --organization, one of them.");
    const place = placeOf({ account, organization });
    const number = directiveNumber(id);
    const until = timeOf("--until", flags.until) ?? "";
    const by = await counselIn(flags, around);
    await exemptFrom(store, { number, ...place, person, until, reason, by });
    return `dir${number} lets ${person ?? "everybody"} of ${place.name} pass until ${until}.\n`;
  });
}

/** `directive attest`: says who is of which class. */
export function attestCommand(around: Surroundings): Command {
  interface Flags extends CounselFlags {
    readonly file: string;
  }
  const command = byCounsel(new Command("attest"))
    .description("Say who is of which class, and whose accounts are; all lines or none.")
    .requiredOption("--file <file.ndjson>", "the lines")
    .addHelpText("after", ATTEST_TAIL);
  return onDirectives<Flags>(
    command,
    around,
    async (store, flags) => {
      const [{ attest }, { readStatements }, { readFile }] = await Promise.all([
        import("../../ledger/directives/attest.ts"),
        import("../../response/directives/statement-line.ts"),
        import("node:fs/promises"),
      ]);
      const text = await readFile(flags.file, "utf8").catch((cause: unknown) => {
        throw new StillwatchError("SW_INPUT_MISSING", { path: flags.file }, cause);
      });
      const statements = readStatements(flags.file, text);
      await attest(store, statements, await counselIn(flags, around));
      const { attestations, holders } = statements;
      return `${grouped(attestations.length)} attested, ${grouped(holders.length)} accounts or credentials told.\n`;
    },
    true,
  );
}

/** The argument that names a directive. */
export function directiveArgument(): Argument {
  return new Argument("<directive>", "such as dir3, as `directive list` shows it");
}

function timeOf(option: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw usage(`${option} ${text}: write a time such as 2026-12-01 or 2026-12-01T08:00:00Z.`);
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}

const ADD_TAIL = `
Example:
  stillwatch directive add --data ./watch --as cleo --models orion-4 'orion-5*' --class restricted_person \\
    --words "$(cat order-12-26.txt)" --unknown verify --until 2027-06-30`;

const ATTEST_TAIL = `
A line with a class says whether it is a person's (holds: true unless said; false: it is not; null: nothing is said any
more). A person's id means one person within the account or organization named, and nothing elsewhere; a line without a
person is about all of it who have none of their own: so an organization attests for its users. A line without a class
says whose an account or a credential is, and who uses it: customers, staff or tools. The last line about the same holds.

  {"account":"acct_9","person":"u_81","class":"restricted_person","method":"passport","expires":"2027-01-01"}
  {"organization":"org_2","class":"restricted_person","holds":false,"method":"org_2, letter of 3 May","expires":"2027-01-01"}
  {"account":"acct_12","organization":"org_2"}
  {"credential":"key_ci","population":"tools"}

Example:
  stillwatch directive attest --file attestations.ndjson --data ./watch --as cleo`;
