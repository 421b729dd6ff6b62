import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutLinks } from "../../src/graph/atom-links.ts";
import { communitiesOf } from "../../src/graph/local-moving.ts";

function communities(nodes: number, links: readonly (readonly [number, number])[]): number[] {
  const { offsets, neighbors, bits } = layOutLinks(nodes, {
    pairs: Uint32Array.from(links.flat()),
    bits: new Float32Array(links.length).fill(1),
  });
  const sizes = new Uint32Array(nodes).fill(1);
  return Array.from(communitiesOf({ offsets, neighbors, weights: bits, sizes }, 0.5));
}

function clique(nodes: readonly number[]): [number, number][] {
  return nodes.flatMap((a, i) => nodes.slice(i + 1).map((b): [number, number] => [a, b]));
}

describe("communities by local moving", () => {
  it("parts two cliques that a bridge joins", () => {
    const links = [...clique([0, 1, 2, 3, 4]), ...clique([5, 6, 7, 8]), [4, 5] as const];
    expect(communities(10, links)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
  });

  it("leaves nodes alone where nothing ties them", () => {
    expect(communities(3, [])).toEqual([0, 1, 2]);
    expect(communities(0, [])).toEqual([]);
  });

  it("never puts together what no path joins", () => {
    const link = fc
      .tuple(fc.nat(9), fc.nat(9))
      .filter(([a, b]) => a !== b)
      .map(([a, b]): [number, number] => [2 * a, 2 * b]);
    fc.assert(
      fc.property(fc.array(link), (even) => {
        const odd = even.map(([a, b]): [number, number] => [a + 1, b + 1]);
        const labels = communities(20, [...even, ...odd]);
        for (let a = 0; a < 20; a += 2) {
          for (let b = 1; b < 20; b += 2) expect(labels[a]).not.toBe(labels[b]);
        }
      }),
    );
  });
});
