/**
 * `npm run eval:coordination -- FOLDER`: public data of accounts that share objects, read as exchanges whose prompt is the
 * object, through the whole pipeline; beside it the published method. Both again with the accounts dealt anew to the
 * shares, which keeps how often each account shares, how popular each object is and every time, and nothing else.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Command } from "commander";
import { silent } from "../src/core/progress.ts";
import type { Lineage } from "../src/judge/lineage.ts";
import { scan } from "../src/judge/scan.ts";
import { accountNames } from "../src/range/baselines/account-names.ts";
import { makeRandom } from "../src/range/random.ts";
import { coSharing, type CoSharing, type Share } from "./eval-coordination/co-sharing.ts";
import { loadShares, SHARES_FILE } from "./eval-coordination/load-shares.ts";

const METHOD = { windowSeconds: 60, leastObjects: 2 };
const DAY = 86_400;

/** A group that was looked at, and what its strongest signal said. */
interface TestedGroup {
  readonly accounts: readonly string[];
  readonly exchanges: number;
  readonly coordination: number;
  readonly harvest: number;
  readonly strongest: string;
}

async function main(): Promise<number> {
  const command = new Command("eval:coordination").argument("<folder>", "of real material").parse();
  const folder = command.args[0] as string;
  let shares: Share[];
  try {
    shares = await loadShares(folder);
  } catch {
    process.stderr.write(
      `${join(folder, SHARES_FILE)}: cannot be read.\nThis needs the folder that holds it: the example data of the R package CooRTweet as CSV, with the columns object_id, account_id and timestamp_share (seconds).\n`,
    );
    return 2;
  }
  process.stdout.write(await compare("As shared", shares));
  const order = makeRandom("eval:coordination");
  const dealt = order.sample(
    shares.map(({ account }) => account),
    shares.length,
  );
  const anew = shares.map((share, i) => ({ ...share, account: dealt[i]! }));
  process.stdout.write(await compare("Accounts dealt anew", anew));
  return 0;
}

async function compare(title: string, shares: readonly Share[]): Promise<string> {
  const began = performance.now();
  const method = coSharing(shares, METHOD);
  const { reported, tested } = await scanShares(shares);
  process.stderr.write(
    `${title}: scanned in ${((performance.now() - began) / 1000).toFixed(1)} s\n`,
  );
  const everyone = [...new Set(shares.map(({ account }) => account))];
  const inTested = [...new Set(tested.flatMap(({ accounts }) => accounts))];
  const rows = tested.map(
    ({ accounts, exchanges, coordination, harvest, strongest }) =>
      `| ${accounts.length} | ${exchanges} | ${shown(coordination)} | ${shown(harvest)} | ${strongest} | ${overlap(accounts, method)} |`,
  );
  return `
${title}: ${everyone.length} accounts, ${shares.length} shares of ${new Set(shares.map(({ object }) => object)).size} objects

Co-sharing within ${METHOD.windowSeconds} s: ${method.once.size} accounts once at least; ${method.linked.size} linked to another by ${METHOD.leastObjects} objects, in ${method.groups.length} groups, the largest of ${method.groups[0]?.length ?? 0}.
Scan: ${reported.length} groups reported${reported.length === 0 ? "" : ` (${reported.join(", ")})`}; ${tested.length} tested, of ${inTested.length} accounts.
Co-sharing once / linked: ${overlap(everyone, method)} of all accounts, ${overlap(inTested, method)} of those in tested groups.

| accounts | exchanges | coordination bits | harvest bits | strongest for coordination | co-sharing once / linked |
| -------- | --------- | ----------------- | ------------ | -------------------------- | ------------------------ |
${rows.join("\n")}
`;
}

/** Shares of the accounts that have co-shared, and that are linked. */
function overlap(accounts: readonly string[], { once, linked }: CoSharing): string {
  const share = (set: ReadonlySet<string>): string => {
    const count = accounts.filter((account) => set.has(account)).length;
    return `${((100 * count) / Math.max(1, accounts.length)).toFixed(1)} %`;
  };
  return `${share(once)} / ${share(linked)}`;
}

async function scanShares(
  shares: readonly Share[],
): Promise<{ reported: string[]; tested: TestedGroup[] }> {
  const folder = await mkdtemp(join(tmpdir(), "stillwatch-coordination-"));
  try {
    const file = join(folder, "shares.ndjson");
    await writeFile(file, shares.map(exchangeOf).join(""));
    let tested: TestedGroup[] = [];
    const { result, intake } = await scan({
      files: [file],
      tickSeconds: 3600,
      q: 0.01,
      keepTextDays: 0,
      strict: true,
      now: new Date(((shares.at(-1)?.time ?? 0) + DAY) * 1000),
      progress: silent,
      inspect: async ({ judge, roster, warehouse }) => {
        const name = await accountNames(warehouse);
        tested = judge.lineages
          .filter(({ rank }) => rank > 0)
          .map((lineage) => testedGroup(lineage, (account) => name(roster.hashes[account]!)))
          .toSorted((a, b) => b.coordination - a.coordination || b.exchanges - a.exchanges);
      },
    });
    if (intake.accepted !== shares.length)
      throw new Error(`${intake.accepted} of ${shares.length} shares were accepted`);
    return { reported: result.groups.map(({ id, assessment }) => `${id} ${assessment}`), tested };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The object's id, cut into words, is the prompt: what was shared is not in the data. */
function exchangeOf({ object, account, time }: Share, place: number): string {
  const content = (object.match(/.{1,4}/gu) ?? []).join(" ");
  const exchange = {
    id: `share-${place}`,
    time: new Date(time * 1000).toISOString(),
    account,
    request: { model: "share", messages: [{ role: "user", content }] },
  };
  return `${JSON.stringify(exchange)}\n`;
}

function testedGroup(lineage: Lineage, nameOf: (account: number) => string): TestedGroup {
  const [strongest] = lineage.findings
    .filter(({ axis, describes }) => axis === "coordination" && !describes)
    .toSorted((a, b) => b.bits - a.bits);
  return {
    accounts: [...lineage.accounts.keys()].map(nameOf),
    exchanges: lineage.exchanges,
    coordination: lineage.coordinationBits ?? 0,
    harvest: lineage.harvestBits ?? 0,
    strongest:
      strongest === undefined || strongest.bits <= 0
        ? "none"
        : `\`${strongest.signal}\` ${shown(strongest.bits)} bits`,
  };
}

function shown(bits: number): string {
  return bits.toFixed(1);
}

process.exitCode = await main();
