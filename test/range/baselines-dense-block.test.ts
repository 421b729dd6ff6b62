import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { degrees, shuffled, type Bipartite } from "../../src/range/baselines/bipartite.ts";
import { denseBlocks, findBlocks } from "../../src/range/baselines/dense-blocks.ts";
import { densestBlock, keyWeights, withoutBlock } from "../../src/range/baselines/densest-block.ts";
import { makePriorityTree } from "../../src/range/baselines/priority-tree.ts";
import { random } from "../../src/stats/random.ts";
import { HOUR, openBaselineBench, START, type Line } from "./baseline-bench.ts";

const OPTIONS = { blocks: 8, margin: 1.05, seed: 7 };
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function graphOf(
  accountCount: number,
  keyCount: number,
  pairs: Iterable<readonly [number, number]>,
): Bipartite {
  const unique = [...new Set([...pairs].map(([account, key]) => account * keyCount + key))];
  return {
    accountCount,
    keyCount,
    accounts: Uint32Array.from(unique, (pair) => Math.floor(pair / keyCount)),
    keys: Uint32Array.from(unique, (pair) => pair % keyCount),
  };
}

/** Accounts that hold keys independently: volumes are heavy-tailed, and so are the keys' popularities. */
function* independent(seed: number): Generator<readonly [number, number]> {
  const draw = random(seed);
  for (let account = 0; account < 600; account++) {
    const count = Math.min(150, Math.ceil(4 / (1 - draw()) ** 0.6));
    for (let i = 0; i < count; i++) yield [account, Math.floor(2000 * draw() ** 2)];
  }
}

/** Accounts 100 … 139 also hold nine tenths of keys 500 … 539. */
function* planted(seed: number): Generator<readonly [number, number]> {
  yield* independent(seed);
  const draw = random(seed + 1);
  for (const i of range(40)) for (const j of range(40)) if (draw() < 0.9) yield [100 + i, 500 + j];
}

describe("the densest block", () => {
  it("is the complete part of a small graph", () => {
    const pairs = range(9).map((i) => [i % 3, Math.floor(i / 3)] as const);
    const graph = graphOf(6, 6, [...pairs, [3, 3], [4, 4], [5, 5], [5, 0]]);
    const block = densestBlock(graph, keyWeights(graph));
    expect([...block.accounts, ...block.keys]).toEqual([0, 1, 2, 0, 1, 2]);
    const weights = keyWeights(graph);
    expect(block.density).toBeCloseTo((3 * (weights[0]! + weights[1]! + weights[2]!)) / 6, 9);
    expect(weights[0]).toBeCloseTo(1 / Math.log(5 + 4), 12);
  });

  it("is at least half as dense as any", () => {
    const pair = fc.tuple(fc.nat(4), fc.nat(4));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 20 }), (pairs) => {
        const graph = graphOf(5, 5, pairs);
        const weights = keyWeights(graph);
        let best = 0;
        for (let inside = 1; inside < 1024; inside++) {
          const has = (node: number): boolean => ((inside >> node) & 1) === 1;
          let total = 0;
          for (const [edge, account] of graph.accounts.entries()) {
            const key = graph.keys[edge]!;
            if (has(account) && has(5 + key)) total += weights[key]!;
          }
          best = Math.max(best, total / range(10).filter(has).length);
        }
        const { density } = densestBlock(graph, weights);
        expect(density).toBeGreaterThanOrEqual(best / 2 - 1e-9);
        expect(density).toBeLessThanOrEqual(best + 1e-9);
      }),
    );
  });

  it("is found where it was planted, with what its accounts do besides", () => {
    for (const seed of [1, 2, 3]) {
      const [block, ...more] = findBlocks(graphOf(600, 2000, planted(seed)), OPTIONS);
      const inside = [...block!.accounts].filter((account) => account >= 100 && account < 140);
      expect(inside.length).toBe(40);
      expect(block!.accounts.length).toBeLessThanOrEqual(44);
      expect(more).toEqual([]);
    }
  });

  it("is none where accounts hold keys independently", () => {
    for (let seed = 1; seed <= 12; seed++)
      expect(findBlocks(graphOf(600, 2000, independent(seed)), OPTIONS)).toEqual([]);
  });

  it("is followed by the next one once its edges are taken away", () => {
    const both = graphOf(600, 2000, [
      ...planted(4),
      ...range(900).map((i) => [300 + (i % 30), 1500 + Math.floor(i / 30)] as const),
    ]);
    const blocks = findBlocks(both, OPTIONS);
    expect(blocks.length).toBe(2);
    expect([...blocks[1]!.accounts]).toEqual(expect.arrayContaining(range(30).map((i) => 300 + i)));
    const left = withoutBlock(both, blocks[0]!);
    expect(left.accounts.length).toBeLessThan(both.accounts.length - 1400);
  });
});

describe("the graph of independent accounts", () => {
  it("has the degrees of the real one and no pair twice", () => {
    const graph = graphOf(600, 2000, planted(1));
    const null1 = shuffled(graph, 1);
    expect(degrees(null1.keys, 2000)).toEqual(degrees(graph.keys, 2000));
    expect(degrees(null1.accounts, 600)).toEqual(degrees(graph.accounts, 600));
    const pairs = new Set(null1.keys.map((key, edge) => key * 600 + null1.accounts[edge]!));
    expect(pairs.size).toBe(graph.keys.length);
    expect(shuffled(graph, 1)).toEqual(null1);
    expect(shuffled(graph, 2)).not.toEqual(null1);
  });
});

describe("the priority tree", () => {
  it("answers as a search through all nodes would", () => {
    const priority = fc.double({ min: 0, max: 9, noNaN: true });
    const changes = fc.array(fc.tuple(fc.nat(12), fc.oneof(priority, fc.constant(Infinity))));
    fc.assert(
      fc.property(fc.array(priority, { minLength: 13, maxLength: 13 }), changes, (start, sets) => {
        const tree = makePriorityTree(Float64Array.from(start));
        const known = start.slice();
        for (const [node, value] of [[0, start[0]!] as const, ...sets]) {
          tree.set(node, value);
          known[node] = value;
          const least = Math.min(...known);
          expect(tree.get(node)).toBe(value);
          expect(tree.least()).toBe(least === Infinity ? -1 : known.indexOf(least));
        }
      }),
    );
  });
});

describe("dense blocks in traffic", () => {
  it("are named by their accounts, without a time", async () => {
    const draw = random(9);
    const lines: Line[] = range(300).map((i) => ({
      account: `acct${i % 100}`,
      time: START + i * 100_000,
      keys: range(5).map(() => Math.floor(draw() * 600) * 16 + 1),
    }));
    for (const i of range(20))
      lines.push({
        account: `acct${i}`,
        time: START + i * HOUR,
        keys: range(30).map((key) => (1000 + key) * 16 + 1),
      });
    const bench = await openBaselineBench(lines);
    const flagged = await bench.flag(denseBlocks());
    await bench.close();
    expect(flagged).toEqual([
      {
        accounts: range(20)
          .map((i) => `acct${i}`)
          .toSorted(),
        time: null,
      },
    ]);
  });
});
