import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { KeyGraph } from "../../src/graph/key-graph.ts";
import { RuleBook } from "../../src/judge/rule-book.ts";

/** A graph in which parties 0 to 7 are on both of two networks, and 8 on the first alone, among others of its own. */
function twoNetworks(): { graph: KeyGraph; keys: Uint32Array } {
  const graph = new KeyGraph({ seed: 3 });
  for (let party = 0; party < 8; party++) {
    for (const key of [0, 1]) graph.add(key, KEY_KINDS.network, party);
  }
  return { graph, keys: Uint32Array.of(0, 1) };
}

/** A book with one hypothesis, whose rule is to be on both networks. */
function bookOf(graph: KeyGraph, keys: Uint32Array): RuleBook {
  const book = new RuleBook();
  const parties = Uint32Array.from({ length: 8 }, (_, party) => party);
  const candidate = { keys, required: 2, parties, pass: "community", score: 1 } as const;
  book.renew([candidate], graph, new Array<number>(40).fill(0), 100);
  const [lineage] = book.lineages;
  lineage!.rank = 1;
  return book;
}

describe("a rule about accounts", () => {
  it("takes who comes to meet it over time, though no single request does", () => {
    const { graph, keys } = twoNetworks();
    const book = bookOf(graph, keys);
    graph.add(0, KEY_KINDS.network, 20);
    book.renew([], graph, [], 200);
    const [lineage] = book.lineages;
    expect(lineage!.whole).toBe(true);
    // Most of those on the network are the group's own, so that one more on it is.
    expect(lineage!.parties.has(20)).toBe(true);
    for (let party = 21; party < 40; party++) graph.add(1, KEY_KINDS.network, party);
    book.renew([], graph, [], 300);
    // Most of those on the other network are strangers by now.
    expect(lineage!.parties.has(21)).toBe(false);
    graph.add(0, KEY_KINDS.network, 21);
    book.renew([], graph, [], 400);
    expect(lineage!.parties.has(21)).toBe(true);
    expect([...lineage!.keys]).toEqual([0, 1]);
  });

  it("takes nobody before it is a hypothesis", () => {
    const { graph, keys } = twoNetworks();
    const book = bookOf(graph, keys);
    const [lineage] = book.lineages;
    lineage!.rank = 0;
    graph.add(0, KEY_KINDS.network, 20);
    book.renew([], graph, [], 200);
    expect(lineage!.parties.has(20)).toBe(false);
  });
});
