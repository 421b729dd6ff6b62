import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import type { Candidate } from "../../src/graph/candidate.ts";
import { KeyGraph } from "../../src/graph/key-graph.ts";
import { candidatesIn, hypothesisOf, withNeighboursOf } from "../../src/judge/hypothesis-of.ts";
import { addOrganic, generator, makeWorld, shuffled, span } from "../graph/planted.ts";

const POPULATION = 1000;
const pool = span(0, 48);

/** What the groups of a world of strangers claim, with the given keys added. */
function hypotheses(
  plant: (world: ReturnType<typeof makeWorld>, random: () => number) => void,
): readonly Candidate[] {
  const world = makeWorld();
  const random = generator(5);
  for (let party = 100; party + 2 < POPULATION; party += 2) {
    world.key(KEY_KINDS.network, [party, party + (random() < 0.5 ? 1 : 2)]);
  }
  plant(world, random);
  const graph = new KeyGraph({ seed: 3 });
  for (const [key, kind, party] of world.edges) graph.add(key, kind, party);
  return candidatesIn(graph, POPULATION, new Set()).flatMap(
    (candidate) => hypothesisOf(candidate, graph, POPULATION) ?? [],
  );
}

/** Deals a pool's parties to seven networks, one to three each. */
function rent(world: ReturnType<typeof makeWorld>, random: () => number): void {
  const networks = span(0, 7).map(() => [] as number[]);
  for (const party of pool) {
    for (const at of shuffled(span(0, 7), random).slice(0, 1 + (party % 3))) {
      networks[at]!.push(party);
    }
  }
  for (const parties of networks) world.key(KEY_KINDS.network, parties);
}

it("takes for neighbours whoever is on a network that is mostly the group's own", () => {
  const world = makeWorld();
  const group = span(0, 12);
  world.key(KEY_KINDS.network, [...group.slice(0, 6), 100, 101]);
  world.key(KEY_KINDS.network, [...group.slice(6, 9), 200]);
  world.key(KEY_KINDS.network, [...group.slice(4, 9), ...span(300, 306)]);
  world.key(KEY_KINDS.client, [...group, 400]);
  const graph = new KeyGraph({ seed: 3 });
  for (const [key, kind, party] of world.edges) graph.add(key, kind, party);
  expect(Array.from(withNeighboursOf(graph, group))).toEqual([...group, 100, 101]);
});

describe("the hypothesis of a group", () => {
  it("is a whole pool on a few networks of its own, those on one of them included", () => {
    const [found] = hypotheses(rent);
    expect(Array.from(found?.parties ?? [])).toEqual(pool);
  });

  it("leaves cards out of a pool that its networks gather without them, so that they can testify", () => {
    const [found, ...others] = hypotheses((world, random) => {
      rent(world, random);
      for (let at = 0; at < pool.length; at += 4) {
        world.key(KEY_KINDS.payment, pool.slice(at, at + 4));
      }
    });
    expect(Array.from(found?.parties ?? [])).toEqual(pool);
    expect(found?.keys).toHaveLength(7);
    expect(others.filter(({ parties }) => parties.length > 0.8 * pool.length)).toEqual([]);
  });

  it("holds to cards and devices where nothing else gathers a pool", () => {
    const [found] = hypotheses((world, random) => {
      for (const kind of [KEY_KINDS.payment, KEY_KINDS.device, KEY_KINDS.phone]) {
        const order = shuffled(pool, random);
        for (let at = 0; at < pool.length; at += 6) world.key(kind, order.slice(at, at + 6));
      }
    });
    expect(Array.from(found?.parties ?? [])).toEqual(pool);
    expect(found?.keys).toHaveLength(24);
  });

  it("is nothing for an office behind one network, nor for a client string that many have", () => {
    const found = hypotheses((world) => {
      world.key(KEY_KINDS.network, span(0, 30));
      world.key(KEY_KINDS.client, span(0, 30));
    });
    expect(found).toEqual([]);
  });

  it("is a tool set that a small provider's operation has, and none that so many have as a popular tool", () => {
    const having = (parties: number): readonly number[] =>
      hypotheses((world) => world.key(KEY_KINDS.tools, span(0, parties))).map(
        (found) => found.parties.length,
      );
    expect(having(300)).toEqual([300]);
    expect(having(600)).toEqual([]);
  });

  it("is not blurred by phrases that members share with strangers here and there", () => {
    const [found] = hypotheses((world, random) => {
      rent(world, random);
      const phrases = makeWorld();
      addOrganic(phrases, { parties: POPULATION, keys: 3000, held: 9, random });
      const holders = Map.groupBy(phrases.edges, ([key]) => key).values();
      for (const edges of holders) {
        world.key(
          KEY_KINDS.shingle,
          edges.map(([, , party]) => party),
        );
      }
    });
    expect(Array.from(found?.parties ?? [])).toEqual(pool);
  });
});
