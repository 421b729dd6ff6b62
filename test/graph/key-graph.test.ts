import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyGraph } from "../../src/graph/key-graph.ts";
import {
  addOrganic,
  bestMatch,
  generator,
  graphOf,
  KIND,
  makeWorld,
  shuffled,
  span,
  type Edge,
} from "./planted.ts";

const edge = fc.tuple(fc.nat(40), fc.constant(0), fc.nat(60));

/** Two operations, a popular value, organic life: 2,000 parties. */
function smallWorld(seed: number): { edges: Edge[]; first: number[]; second: number[] } {
  const random = generator(seed);
  const world = makeWorld();
  const first = span(0, 40);
  const second = span(100, 125);
  for (let i = 0; i < 5; i++) world.key(KIND.shingle, first);
  for (let i = 0; i < 70; i++) {
    world.key(KIND.item, shuffled(second, random).slice(0, 2 + Math.floor(random() * 3)));
  }
  world.key(KIND.client, span(0, 1200));
  addOrganic(world, { parties: 2000, keys: 1500, held: 5, random });
  return { edges: world.edges, first, second };
}

describe("a graph of keys and parties", () => {
  it("has no candidates while it is empty", () => {
    const graph = new KeyGraph({ seed: 1 });
    expect(graph.candidates()).toEqual([]);
    expect([graph.partyCount, graph.edgeCount, graph.degree(3)]).toEqual([0, 0, 0]);
    expect(graph.parties(3)).toHaveLength(0);
    expect(graph.keysOf(3)).toHaveLength(0);
  });

  it("takes each pair once and gives both directions in ascending order", () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 300 }), fc.nat(300), (edges, cut) => {
        const graph = new KeyGraph({ seed: 1 });
        const seen = new Set<string>();
        edges.forEach(([key, kind, party], i) => {
          const name = `${key} ${party}`;
          expect(graph.add(key, kind, party)).toBe(!seen.has(name));
          seen.add(name);
          if (i === cut) graph.candidates();
        });
        expect(graph.edgeCount).toBe(seen.size);
        expect(graph.partyCount).toBe(new Set(edges.map(([, , party]) => party)).size);
        for (let key = 0; key <= 40; key++) {
          const parties = span(0, 61).filter((party) => seen.has(`${key} ${party}`));
          expect(Array.from(graph.parties(key))).toEqual(parties);
          expect(graph.degree(key)).toBe(parties.length);
        }
        for (let party = 0; party <= 60; party++) {
          const keys = span(0, 41).filter((key) => seen.has(`${key} ${party}`));
          expect(Array.from(graph.keysOf(party))).toEqual(keys);
        }
      }),
    );
  });

  it("keeps the kind a key was first seen with", () => {
    const graph = graphOf([
      [5, KIND.system, 0],
      [5, KIND.client, 1],
    ]);
    expect(graph.kind(5)).toBe(KIND.system);
  });

  it("gives every candidate ascending keys, and as parties exactly those that meet its rule", () => {
    const graph = graphOf(smallWorld(3).edges);
    const candidates = graph.candidates();
    expect(candidates.length).toBeGreaterThan(2);
    for (const { keys, parties, required } of candidates) {
      expect(Array.from(keys)).toEqual(Array.from(new Set(keys)).sort((a, b) => a - b));
      const held = new Map<number, number>();
      for (const key of keys) {
        for (const party of graph.parties(key)) held.set(party, (held.get(party) ?? 0) + 1);
      }
      const members = [...held].filter(([, count]) => count >= required).map(([party]) => party);
      expect(Array.from(parties)).toEqual(members.sort((a, b) => a - b));
    }
  });

  it("answers alike whatever the order of the pairs, and when they come in ticks", () => {
    for (const seed of [1, 2]) {
      const { edges } = smallWorld(seed);
      const fresh = graphOf(edges).candidates();
      expect(graphOf(shuffled(edges, generator(seed + 10))).candidates()).toEqual(fresh);
      const grown = new KeyGraph({ seed: 7 });
      shuffled(edges, generator(seed + 20)).forEach(([key, kind, party], i) => {
        grown.add(key, kind, party);
        if (i % 1500 === 0) grown.candidates();
      });
      expect(grown.candidates()).toEqual(fresh);
    }
  });

  it("answers like a fresh graph after every tick of random pairs", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(edge, { maxLength: 80 }), { maxLength: 6 }),
        (ticks: Edge[][]) => {
          const grown = new KeyGraph({ seed: 7 });
          const soFar: Edge[] = [];
          for (const tick of ticks) {
            for (const [key, kind, party] of tick) grown.add(key, kind, party);
            soFar.push(...tick);
            expect(grown.candidates()).toEqual(graphOf(soFar).candidates());
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("changes its mind when asked with other options, and back", () => {
    const graph = graphOf(smallWorld(4).edges);
    const usual = graph.candidates();
    expect(graph.candidates({ limit: 3 })).toHaveLength(3);
    expect(graph.candidates({ minParties: 30 }).every((c) => c.parties.length >= 30)).toBe(true);
    expect(graph.candidates()).toEqual(usual);
  });

  it("finds the same groups when parties and keys are renumbered", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { edges, first, second } = smallWorld(5);
        const random = generator(seed);
        const parties = shuffled(span(0, 2000), random);
        const keys = shuffled(span(0, 2000), random);
        const renamed = edges.map(([key, kind, party]): Edge => [
          keys[key]!,
          kind,
          parties[party]!,
        ]);
        const candidates = graphOf(renamed).candidates();
        for (const group of [first, second]) {
          const match = bestMatch(
            candidates,
            group.map((party) => parties[party]!),
          );
          expect(match.likeness).toBeGreaterThan(0.9);
        }
      }),
      { numRuns: 10 },
    );
  });

  it("renumbers clusters and single keys exactly, where no key has so many parties that it is sampled", () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 400 }), fc.integer(), (edges, seed) => {
        const random = generator(seed);
        const parties = shuffled(span(0, 61), random);
        const keys = shuffled(span(0, 41), random);
        const renamed = edges.map(([key, , party]): Edge => [keys[key]!, 0, parties[party]!]);
        const singles = (of: readonly Edge[], name: (party: number) => number): string[] =>
          graphOf(of)
            .candidates()
            .filter((candidate) => candidate.pass === "single")
            .map((candidate) =>
              Array.from(candidate.parties, name)
                .sort((a, b) => a - b)
                .join(" "),
            )
            .sort();
        expect(singles(renamed, (party) => party)).toEqual(
          singles(edges, (party) => parties[party]!),
        );
      }),
    );
  });
});
