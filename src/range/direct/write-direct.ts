import { on } from "node:events";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Progress } from "../../core/progress.ts";
import { accountRow } from "../../ingest/account-line.ts";
import { sipKeyOf, type InstallationSecret } from "../../ingest/installation-secret.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { acceptComposed } from "../../warehouse/statements.gen.ts";
import { makeTally, type TallyCounts } from "../world-tally.ts";
import type { Truth } from "../world.ts";
import type { ShardWork, WorldRecipe } from "../write-shards.ts";
import { accountLines, type World } from "../write-world.ts";
import { intentPatterns } from "./intent-patterns.ts";
import type { Print } from "./mix.ts";

/** What a thread is started with. */
export interface DirectWork extends ShardWork {
  readonly folder: string;
  readonly secret: Print;
}

/** What a thread sends: files, each to be answered by any message before more than one waits; then its counts. */
export type DirectMessage =
  | { readonly file: string; readonly exchanges: number }
  | { readonly counts: TallyCounts };

/** What `writeDirect` needs. `recipe` makes `world` anew, with its texts in pieces. */
export interface DirectOptions {
  readonly world: World;
  readonly recipe: WorldRecipe;
  readonly warehouse: Warehouse;
  /** For the files between the threads and the engine. */
  readonly dataDir: string;
  readonly secret: InstallationSecret;
  readonly progress: Progress;
}

/** What was written. */
export interface DirectWorld {
  readonly truth: Truth;
  readonly counts: { readonly exchanges: number; readonly accounts: number };
}

const SHARDS = 2;
const STAGE = "composing traffic";
const ACCOUNT_ROWS = 20_000;

/** Writes a world's exchanges and accounts into the warehouse's tables, fingerprints and all, with neither bodies nor texts in between. The warehouse must hold none of them. Memory is that of the two worlds and a few blocks. */
export async function writeDirect(options: DirectOptions): Promise<DirectWorld> {
  const { world, warehouse, secret } = options;
  const lines = accountLines(world.parts);
  for (let i = 0; i < lines.length; i += ACCOUNT_ROWS)
    await warehouse.insert(
      "accounts",
      lines.slice(i, i + ACCOUNT_ROWS).map((line) => accountRow(line, secret)),
    );
  const tally = makeTally(world);
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(options.dataDir, "composed-"));
  try {
    const taker = takeFiles(options);
    const shards = Array.from({ length: SHARDS }, (_unused, shard) =>
      runShard(options, { folder, shard }, taker, tally.add),
    );
    await Promise.all(shards);
    const accounts = new Set(lines.map((line) => line.account)).size;
    return { truth: tally.truth(), counts: { exchanges: taker.taken(), accounts } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Taker {
  readonly take: (file: string, exchanges: number) => Promise<void>;
  readonly taken: () => number;
}

function takeFiles({ warehouse, secret, progress, world }: DirectOptions): Taker {
  const { patterns, bits } = intentPatterns();
  let done = 0;
  return {
    taken: () => done,
    async take(path, exchanges) {
      await warehouse.run(acceptComposed, {
        ...sipKeyOf(secret),
        secret: secret.id,
        patterns,
        bits,
        path,
      });
      await rm(path);
      done += exchanges;
      progress({ stage: STAGE, done, total: Math.max(world.expected, done), unit: "exchanges" });
    },
  };
}

/** One thread from its start to its counts; its files are taken as they come. */
async function runShard(
  { recipe, secret }: DirectOptions,
  place: Pick<DirectWork, "folder" | "shard">,
  taker: Taker,
  add: (counts: TallyCounts) => void,
): Promise<void> {
  const work: DirectWork = {
    ...place,
    recipe,
    shards: SHARDS,
    secret: { low: secret.key.readUInt32LE(16), high: secret.key.readUInt32LE(20) },
  };
  const file = `./direct-shard${extname(new URL(import.meta.url).pathname)}`;
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: 64 },
  });
  try {
    for await (const [value] of on(worker, "message", { close: ["exit"] })) {
      const message = value as DirectMessage;
      if ("counts" in message) return add(message.counts);
      await taker.take(message.file, message.exchanges);
      worker.postMessage("more", []);
    }
    throw new Error("A thread that makes the world's traffic ended early.");
  } finally {
    await worker.terminate();
  }
}
