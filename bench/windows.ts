/**
 * Windows of one tenant's requests with a share of an operation's among them: how often MMD flags them, and how often
 * what our signals measure of a single account does, alone and against the tenant's own requests before, at one
 * false-positive rate on the same windows, also where a quarter of the window is new work of another tenant's kind, or a use
 * that the tenant takes up (an agent, an app, a benchmark, a batch, graders).
 * Usage: npm run bench -- windows [--tenants 150] [--window 1500] [--fpr 0.003] [--seed 1] [--keep FOLDER] [--only METHOD,…]
 * A tenant that does not fill two windows is left out; about 1,200 tenants are needed to hold 0.003. With --keep the
 * world stays in the folder, and is not made again; MMD takes most of the time, --only chooses methods by parts of their
 * names, with commas between them (either,MMD).
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { accountNames } from "../src/range/baselines/account-names.ts";
import { makeRandom } from "../src/range/random.ts";
import { writeDirect } from "../src/range/direct/write-direct.ts";
import { compareWindows, type ComparePlan } from "./material/windows/compare-windows.ts";
import { spanOfDays } from "../src/judge/judge-traffic.ts";
import { readTenants, type WindowRequest } from "./material/windows/read-windows.ts";
import { tenantsWorld } from "./material/windows/tenants-world.ts";
import type { TenantWindow } from "./material/windows/window-scores.ts";
import type { Truth } from "../src/range/world.ts";
import { openWarehouse, type Warehouse } from "../src/warehouse/open-warehouse.ts";

const { values } = parseArgs({
  options: {
    tenants: { type: "string", default: "150" },
    window: { type: "string", default: "1500" },
    fpr: { type: "string", default: "0.003" },
    seed: { type: "string", default: "1" },
    keep: { type: "string" },
    only: { type: "string" },
  },
});
const size = Number(values.window);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "stillwatch-windows-"));

try {
  await main();
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const made = await readWorld();
  const { calibration, bound, rows } = compareWindows({
    ...made,
    shares: [0.05, 0.1, 0.25],
    newWork: 0.25,
    fpr: Number(values.fpr),
    history: size,
    only: values.only?.split(","),
    random: makeRandom(`compare windows ${values.seed}`),
  });
  process.stdout.write(
    `${made.tenants.length} windows of ${size} requests; limits from ${calibration} of them hold a false-positive rate of ${bound.toFixed(4)}\nmethod                                                             malicious   flagged       95 % by Wilson\n`,
  );
  for (const { method, kind, flagged, windows, rate } of rows)
    process.stdout.write(
      `${method.padEnd(28)}${(typeof kind === "number" ? `${(100 * kind).toFixed(0)} %` : kind).padStart(40)}${`${flagged}/${windows}`.padStart(10)}${`${(100 * rate.mean).toFixed(1)} % (${(100 * rate.low).toFixed(1)}–${(100 * rate.high).toFixed(1)})`.padStart(22)}\n`,
    );
}

/** Legitimate tenants' full windows and histories, and each operation's and use's requests. */
async function readWorld(): Promise<Pick<ComparePlan, "tenants" | "operations" | "uses">> {
  const dataDir = join(folder, "data");
  mkdirSync(dataDir, { recursive: true });
  const warehouse = await openWarehouse({ dataDir });
  try {
    const sources = sourcesIn(await truthOf(warehouse, dataDir));
    const nameOf = await accountNames(warehouse);
    const span = spanOfDays("2025-10-01", "2026-12-01");
    const sent = await readTenants(warehouse, span, (hash) => sources.has(nameOf(hash)));
    return sorted(sent, (tenant) =>
      tenant.startsWith("a") ? sources.get(nameOf(tenant.slice(1))) : undefined,
    );
  } finally {
    await warehouse.close();
  }
}

/** The world's truth; the world is made unless the folder holds it already. */
async function truthOf(warehouse: Warehouse, dataDir: string): Promise<Truth> {
  const file = join(folder, "truth.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Truth;
  const plan = { seed: values.seed, tenants: Number(values.tenants), requests: 2 * size };
  const { truth } = await writeDirect({
    world: tenantsWorld(plan),
    recipe: {
      module: new URL("material/windows/tenants-world.ts", import.meta.url).href,
      make: "tenantsWorld",
      parameters: [plan],
    },
    warehouse,
    dataDir,
    secret: await loadSecret(dataDir),
    progress: silent,
  });
  writeFileSync(file, JSON.stringify(truth));
  return truth;
}

/** Whose requests are mixed in: an operation's or a use's, by account. */
interface Source {
  readonly name: string;
  readonly isOperation: boolean;
}

function sourcesIn({ campaigns, lookalikes }: Truth): ReadonlyMap<string, Source> {
  const of = (name: string, isOperation: boolean, accounts: readonly string[]) =>
    accounts.map((account) => [account, { name, isOperation }] as const);
  return new Map([
    ...campaigns.flatMap(({ id, accounts }) => of(id, true, accounts)),
    ...lookalikes.flatMap(({ family, accounts }) => of(family, false, accounts)),
  ]);
}

function sorted(
  sent: ReadonlyMap<string, readonly WindowRequest[]>,
  sourceOf: (tenant: string) => Source | undefined,
): Pick<ComparePlan, "tenants" | "operations" | "uses"> {
  const operations = new Map<string, WindowRequest[]>();
  const uses = new Map<string, WindowRequest[]>();
  const tenants: TenantWindow[] = [];
  for (const [tenant, requests] of sent) {
    const source = sourceOf(tenant);
    if (source !== undefined) {
      const mixed = source.isOperation ? operations : uses;
      mixed.set(source.name, [...(mixed.get(source.name) ?? []), ...requests]);
    } else if (requests.length === 2 * size)
      tenants.push({ before: requests.slice(0, size), window: requests.slice(size) });
  }
  return { tenants, operations: [...operations.values()], uses };
}
