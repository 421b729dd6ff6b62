import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import type { Agreement } from "../../core/agreement.ts";
import { StillwatchError } from "../../core/errors.ts";
import { counted } from "../../report/wording.ts";
import { byPerson, onLedger, type PersonFlags, type Work } from "../case/on-ledger.ts";
import type { Surroundings } from "../surroundings.ts";

interface AddFlags extends PersonFlags {
  readonly customer: string;
  readonly organization?: readonly string[];
  readonly account?: readonly string[];
  readonly model?: readonly string[];
  readonly modelsFrom?: string;
  readonly purpose: string;
  readonly exchanges?: string;
  readonly outputTokens?: string;
  readonly from: string;
  readonly until: string;
  readonly document?: string;
  readonly replace?: true;
}

/** `stillwatch agreement add`. */
export function addCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("add")
      .description("Register an agreement, or a new version of one.")
      .argument("<id>", "as the accounts' lines name it")
      .requiredOption("--customer <name>", "whom it is with")
      .option("--organization <name...>", "organizations it covers")
      .option("--account <name...>", "accounts it covers")
      .option("--model <name...>", "models it covers; all where none is named")
      .option(
        "--models-from <file>",
        "the models that a catalogue allows: JSON with is_trainable_text (OpenRouter) or distillationPolicy (NanoGPT)",
      )
      .requiredOption("--purpose <text>", "what for")
      .option("--exchanges <count>", "how many exchanges in all of its term")
      .option("--output-tokens <count>", "how many output tokens in all of its term")
      .requiredOption("--from <time>", "since when it holds; UTC")
      .requiredOption("--until <time>", "the first moment at which it holds no more; UTC")
      .option(
        "--document <file>",
        "the signed paper: its name and SHA-256 are kept, not its content",
      )
      .option("--replace", "a new version of an agreement that is there, for all of its term"),
  ).addHelpText("after", ADD_TAIL);
  const work: Work<AddFlags> = async (ledger, flags, id) => {
    const { recordAgreement } = await import("../../ledger/agreements.ts");
    const agreement = await agreementOf(id, flags);
    const { as: by, reason, replace } = flags;
    const entry = { by, reason, replaces: replace === true };
    const version = await recordAgreement(ledger, agreement, entry);
    return `${id} is registered, version ${version}.\n`;
  };
  return onLedger(command, around, work, true);
}

/** `stillwatch agreement end`. */
export function endCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("end")
      .description("End an agreement now: what is used from now on is not covered.")
      .argument("<id>", "as `agreement list` shows it"),
  ).addHelpText(
    "after",
    '\nExample:\n  stillwatch agreement end agr_7 --as cora --reason "terminated" --data ./watch',
  );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }, id) => {
    const { endAgreement } = await import("../../ledger/agreements.ts");
    const version = await endAgreement(ledger, id, { by, reason });
    return `${id} is ended, version ${version}.\n`;
  });
}

/** `stillwatch agreement import`. */
export function importCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("import")
      .description(
        "Register the agreements of a file, as `scan --agreements` reads it; all or, where one can't be read, none.",
      )
      .argument("<file>", "agreements, one JSON object a line or a JSON array"),
  )
    .option("--replace", "those that are there become new versions where they differ")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch agreement import agreements.ndjson --as cora --reason "contracts of 2026" --data ./watch',
    );
  interface Flags extends PersonFlags {
    readonly replace?: true;
  }
  const work: Work<Flags> = async (ledger, { as: by, reason, replace }, file) => {
    const { loadAgreements } = await import("../../ingest/load-agreements.ts");
    const { importAgreements } = await import("../../ledger/agreements.ts");
    const agreements = await loadAgreements(file);
    const entry = { by, reason, replaces: replace === true };
    const { added, replaced, same } = await importAgreements(ledger, agreements, entry);
    return `${counted(added, "agreement")} registered, ${replaced} in a new version, ${same} as before.\n`;
  };
  return onLedger(command, around, work, true);
}

async function agreementOf(id: string, flags: AddFlags): Promise<Agreement> {
  const { customer, organization = [], account = [], purpose, from, until, document } = flags;
  const models = [...(flags.model ?? []), ...(await modelsIn(flags.modelsFrom))];
  const limits = {
    exchanges: countOf(flags.exchanges, "--exchanges"),
    output_tokens: countOf(flags.outputTokens, "--output-tokens"),
  };
  const { agreementShape } = await import("../../ingest/load-agreements.ts");
  const { fieldProblem } = await import("../../ingest/field-problem.ts");
  const parsed = agreementShape.safeParse({
    id,
    customer,
    purpose,
    from,
    until,
    organizations: organization,
    accounts: account,
    models: [...new Set(models)],
    ...(Object.values(limits).some((one) => one !== undefined) ? { budget: limits } : {}),
    ...(document === undefined ? {} : { document, document_sha256: await sha256Of(document) }),
  });
  if (parsed.success) return parsed.data;
  throw new StillwatchError("SW_USAGE", { message: `${id}: ${fieldProblem(parsed.error)}.` });
}

/** The models that a catalogue allows. None at all is refused: no model means all of them. */
async function modelsIn(file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return [];
  const { readJsonFile } = await import("../../ingest/read-json-file.ts");
  const { catalogueModels, catalogueShape } = await import("../../core/distillation-policy.ts");
  const catalogue = await readJsonFile(file, catalogueShape, "SW_CATALOGUE_INVALID");
  const allowed = catalogueModels(catalogue).filter(({ status }) => status === "allowed");
  if (allowed.length === 0)
    throw new StillwatchError("SW_CATALOGUE_INVALID", { file, reason: "it allows no model" });
  return allowed.map(({ id }) => id);
}

function countOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new StillwatchError("SW_USAGE", { message: `${option} ${text}: give a whole number.` });
}

async function sha256Of(file: string): Promise<string> {
  const sum = createHash("sha256");
  try {
    await pipeline(createReadStream(file), sum);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path: file, reason }, cause);
  }
  return sum.digest("hex");
}

const ADD_TAIL = `
A version counts for all of the agreement's term, from when it is registered; earlier ones stay in the register.

Examples:
  stillwatch agreement add agr_7 --customer "Lindgren & Partners" --organization org_2 --model orion-4 \\
    --purpose "tutoring model" --exchanges 2000000 --from 2026-04-01 --until 2027-04-01 \\
    --document signed.pdf --as cora --reason "contract 2026-118" --data ./watch
  stillwatch agreement add agr_8 --customer "Ada Lab" --account acct_4 acct_5 --models-from models.json \\
    --purpose research --from 2026-04-01 --until 2026-07-01 --as cora --reason "open models" --data ./watch`;
