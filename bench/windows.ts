/**
 * Windows of one tenant's requests with a share of an operation's among them: how often MMD flags them, and how often
 * what our signals measure of a single account does, at one false-positive rate on the same windows.
 * Usage: npm run bench -- windows [--tenants 150] [--window 1500] [--fpr 0.003] [--seed 1]
 * A tenant that does not fill a window is left out; about 1,100 tenants are needed to hold 0.003.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { loadFiles } from "../src/ingest/load-files.ts";
import { accountNames } from "../src/range/baselines/account-names.ts";
import { makeRandom } from "../src/range/random.ts";
import { UNTIL } from "../src/range/suites/stage-world.ts";
import { compareWindows } from "./material/windows/compare-windows.ts";
import { readTenants, type WindowRequest } from "./material/windows/read-windows.ts";
import { tenantsWorld } from "./material/windows/tenants-world.ts";
import type { Truth } from "../src/range/world.ts";
import { writeWorld } from "../src/range/write-world.ts";
import { openWarehouse } from "../src/warehouse/open-warehouse.ts";

const { values } = parseArgs({
  options: {
    tenants: { type: "string", default: "150" },
    window: { type: "string", default: "1500" },
    fpr: { type: "string", default: "0.003" },
    seed: { type: "string", default: "1" },
  },
});
const size = Number(values.window);
const folder = mkdtempSync(join(tmpdir(), "stillwatch-windows-"));

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const made = await readWorld();
  const { calibration, bound, rows } = compareWindows({
    ...made,
    shares: [0.05, 0.1, 0.25],
    fpr: Number(values.fpr),
    history: size,
    random: makeRandom(`compare windows ${values.seed}`),
  });
  const lines = rows.map(
    ({ method, share, flagged, windows, rate }) =>
      `${method.padEnd(28)}${`${(100 * share).toFixed(0)} %`.padStart(10)}${`${flagged}/${windows}`.padStart(10)}${`${(100 * rate.mean).toFixed(1)} % (${(100 * rate.low).toFixed(1)}–${(100 * rate.high).toFixed(1)})`.padStart(22)}`,
  );
  process.stdout.write(
    `${made.windows.length} windows of ${size} requests; limits from ${calibration} of them hold a false-positive rate of ${bound.toFixed(4)}\nmethod                       malicious   flagged       95 % by Wilson\n${lines.join("\n")}\n`,
  );
}

/** Legitimate tenants' full windows, and each operation's requests. */
async function readWorld(): Promise<{
  readonly windows: readonly (readonly WindowRequest[])[];
  readonly operations: readonly (readonly WindowRequest[])[];
}> {
  const plan = { seed: values.seed, tenants: Number(values.tenants), window: size };
  const written = await writeWorld(tenantsWorld(plan), folder, silent);
  const { campaigns } = JSON.parse(readFileSync(written.truth, "utf8")) as Truth;
  const dataDir = join(folder, "data");
  const warehouse = await openWarehouse({ dataDir });
  try {
    await loadFiles({
      warehouse,
      files: [written.exchanges],
      dataDir,
      secret: await loadSecret(dataDir),
      keepTextDays: 0,
      now: new Date(UNTIL),
      progress: silent,
    });
    const tenants = await readTenants(warehouse, { from: "2025-10-01", to: "2026-12-01" });
    const nameOf = await accountNames(warehouse);
    return sorted(tenants, campaigns, nameOf);
  } finally {
    await warehouse.close();
  }
}

function sorted(
  tenants: ReadonlyMap<string, readonly WindowRequest[]>,
  campaigns: Truth["campaigns"],
  nameOf: (hash: string) => string,
) {
  const operationOf = new Map(
    campaigns.flatMap(({ id, accounts }) => accounts.map((account) => [account, id] as const)),
  );
  const operations = new Map<string, WindowRequest[]>();
  const windows: (readonly WindowRequest[])[] = [];
  for (const [tenant, requests] of tenants) {
    const operation = tenant.startsWith("a") ? operationOf.get(nameOf(tenant.slice(1))) : undefined;
    if (operation !== undefined)
      operations.set(operation, [...(operations.get(operation) ?? []), ...requests]);
    else if (requests.length === size) windows.push(requests);
  }
  return { windows, operations: [...operations.values()] };
}
