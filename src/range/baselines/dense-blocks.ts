import { KEY_KINDS } from "../../core/key-kind.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { baselineHoldings } from "../../warehouse/statements.gen.ts";
import { accountNames } from "./account-names.ts";
import type { Baseline } from "./baseline.ts";
import { shuffled, type Bipartite } from "./bipartite.ts";
import { densestBlock, keyWeights, withoutBlock, type Block } from "./densest-block.ts";
import { fixedRows } from "./fixed-rows.ts";

/** How many blocks are looked for, and when to stop. */
export interface DenseBlockParameters {
  /** Blocks at the most, densest first. */
  readonly blocks: number;
  /** A block must be this many times as dense as the densest one among independent accounts of the same degrees. */
  readonly margin: number;
  /** Kinds of keys that make edges (`KEY_KINDS`). */
  readonly kinds: readonly number[];
}

/**
 * Pieces of prompts: with settings, tools and networks among the keys the blocks hold more bystanders. The margin is
 * more than ten standard deviations of the null on the demonstration world.
 */
const DEFAULTS: DenseBlockParameters = { blocks: 8, margin: 1.05, kinds: [KEY_KINDS.shingle] };

/**
 * The densest blocks of the graph of accounts and shared keys, one after another. The paper has no null: how many
 * blocks to believe is left to the reader. Here they end where independent accounts with the same degrees are as dense,
 * else there would be blocks in every world.
 */
export function denseBlocks(parameters: Partial<DenseBlockParameters> = {}): Baseline {
  const chosen = { ...DEFAULTS, ...parameters };
  return {
    id: "dense-block",
    name: "Densest block",
    source: "FRAUDAR: Hooi et al., KDD 2016, doi:10.1145/2939672.2939747",
    async flag(warehouse, { seed }) {
      const { graph, hashes } = await readHoldings(warehouse, chosen.kinds);
      const blocks = findBlocks(graph, { ...chosen, seed });
      const nameOf = await accountNames(warehouse);
      return blocks.map(({ accounts }) => ({
        accounts: Array.from(accounts, (account) => nameOf(hashes[account]!)).toSorted(),
        time: null,
      }));
    },
  };
}

/** Blocks in order of finding: each the densest of what the earlier ones leave. O(blocks · edges · log nodes). */
export function findBlocks(
  graph: Bipartite,
  options: { readonly blocks: number; readonly margin: number; readonly seed: number },
): readonly Block[] {
  if (graph.accounts.length === 0) return [];
  const weights = keyWeights(graph);
  const found: Block[] = [];
  for (let left = graph; found.length < options.blocks;) {
    const block = densestBlock(left, weights);
    const independent = densestBlock(shuffled(left, options.seed), weights).density;
    if (block.density <= options.margin * independent) break;
    found.push(block);
    left = withoutBlock(left, block);
  }
  return found;
}

/** Reads the edges; `hashes[i]` is account `i`. Eight bytes an edge. */
async function readHoldings(
  warehouse: Warehouse,
  kinds: readonly number[],
): Promise<{ readonly graph: Bipartite; readonly hashes: readonly bigint[] }> {
  const rows = new Map<bigint, number>();
  let accounts = new Uint32Array(1 << 16);
  let keys = new Uint32Array(1 << 16);
  let edges = 0;
  let keyCount = 0;
  let last: bigint | undefined;
  await fixedRows(warehouse.bytes(baselineHoldings, { kinds }), 16, (bytes, at) => {
    const key = bytes.readBigUInt64LE(at);
    const hash = bytes.readBigUInt64LE(at + 8);
    if (key !== last) keyCount += 1;
    last = key;
    let account = rows.get(hash);
    if (account === undefined) rows.set(hash, (account = rows.size));
    if (edges === keys.length) {
      accounts = doubled(accounts);
      keys = doubled(keys);
    }
    accounts[edges] = account;
    keys[edges++] = keyCount - 1;
  });
  return {
    graph: {
      accountCount: rows.size,
      keyCount,
      accounts: accounts.slice(0, edges),
      keys: keys.slice(0, edges),
    },
    hashes: [...rows.keys()],
  };
}

function doubled(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(values.length * 2);
  wider.set(values);
  return wider;
}
