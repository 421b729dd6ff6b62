import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { StillwatchError } from "../../core/errors.ts";
import type { DirectiveStore } from "../../ledger/directives/open-directives.ts";
import type { Surroundings } from "../surroundings.ts";
import type { LedgerFlags } from "../with-ledger.ts";
import { directiveArgument } from "./set.ts";
import { byCounsel, type CounselFlags, counselIn, onDirectives } from "./with-directives.ts";

interface JsonFlags extends CounselFlags {
  readonly json?: true;
}

/** `directive list`. */
export function listCommand(around: Surroundings): Command {
  const command = new Command("list")
    .description("List the directives, the newest first.")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch directive list --data ./watch");
  return onDirectives<LedgerFlags & { readonly json?: true }>(
    command,
    around,
    async (store, { json }) => {
      const { readDirectives } = await import("../../ledger/directives/read-directives.ts");
      const directives = await readDirectives(store);
      if (json === true) return asJson({ directives });
      const { directiveTable } = await import("./tables.ts");
      return directiveTable(directives);
    },
  );
}

/** `directive show`. */
export function showCommand(around: Surroundings): Command {
  const command = new Command("show")
    .addArgument(directiveArgument())
    .description("Print one directive: its words, whom it binds, whom it exempts, its history.")
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  stillwatch directive show dir3 --data ./watch");
  return onDirectives<LedgerFlags & { readonly json?: true }>(
    command,
    around,
    async (store, { json }, id) => {
      const { directiveNumber, readDirective } =
        await import("../../ledger/directives/read-directives.ts");
      const directive = await readDirective(store, directiveNumber(id));
      if (json === true) return asJson({ directive });
      const { directiveStory } = await import("./tables.ts");
      return directiveStory(directive, Math.max(60, Math.min(around.stdout.columns ?? 80, 120)));
    },
  );
}

/** `directive refusals`: whom it turned away. */
export function refusalsCommand(around: Surroundings): Command {
  const command = byCounsel(new Command("refusals").addArgument(directiveArgument()))
    .description("Print whom a directive turned away, how often. Who looked goes into the audit.")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch directive refusals dir3 --data ./watch --as cleo --json",
    );
  return onDirectives<JsonFlags>(command, around, async (store, flags, id) => {
    const [{ readRefusals }, { noteLook }] = await Promise.all([
      import("../../ledger/directives/keep-refusals.ts"),
      import("../../ledger/directives/note-look.ts"),
    ]);
    const by = await counselIn(flags, around);
    const number = await noteLook(store, { id, what: "refusals", by });
    const refusals = await readRefusals(store, number);
    if (flags.json === true) return asJson({ refusals });
    const { refusalText } = await import("./tables.ts");
    return refusalText(refusals);
  });
}

/** `directive dry-run`: who would lose access. */
export function dryRunCommand(around: Surroundings): Command {
  const command = byCounsel(new Command("dry-run").addArgument(directiveArgument()))
    .description(
      "Say who would lose access to what by a directive as it stands, by the last 30 days of the folder's traffic. Changes nothing; that it was asked goes into the audit.",
    )
    .option("--json", "as JSON, everybody named")
    .addHelpText("after", DRY_RUN_TAIL);
  return onDirectives<JsonFlags>(command, around, async (store, flags, id) => {
    const { noteLook } = await import("../../ledger/directives/note-look.ts");
    const by = await counselIn(flags, around);
    const number = await noteLook(store, { id, what: "dry_run", by });
    const run = await dryRunIn(flags.data, store, number);
    if (flags.json === true) return asJson(run);
    const { dryRunText } = await import("./tables.ts");
    return dryRunText(run);
  });
}

async function dryRunIn(dataDir: string, store: DirectiveStore, number: number) {
  if (!existsSync(join(dataDir, "secrets.json")))
    throw new StillwatchError("SW_DATA_MISSING", { path: dataDir });
  const [{ dryRun }, { openWarehouse }, { loadSecret }] = await Promise.all([
    import("../../response/directives/dry-run.ts"),
    import("../../warehouse/open-warehouse.ts"),
    import("../../ingest/installation-secret.ts"),
  ]);
  const warehouse = await openWarehouse({ dataDir });
  try {
    return await dryRun(store, number, { warehouse, secret: await loadSecret(dataDir) });
  } finally {
    await warehouse.close();
  }
}

function asJson(value: object): string {
  return `${JSON.stringify({ version: 1, ...value }, undefined, 2)}\n`;
}

const DRY_RUN_TAIL = `
While a server has the folder, ask it: GET /v1/directives/dir3/dry-run (scope directives:read).

Example:
  stillwatch directive dry-run dir3 --data ./watch --as cleo`;
