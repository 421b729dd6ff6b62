import { describe, expect, it } from "vitest";
import {
  addOrganic,
  bestMatch,
  generator,
  graphOf,
  KIND,
  makeWorld,
  shuffled,
  span,
} from "./planted.ts";

describe("candidate groups", () => {
  it("gathers a group that shares the shingles of one prompt", () => {
    const world = makeWorld();
    const random = generator(1);
    const group = span(50, 80);
    for (let i = 0; i < 6; i++) world.key(KIND.shingle, group);
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const { candidate, likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBe(1);
    expect(candidate!.pass).toBe("cluster");
    expect(candidate!.keys).toHaveLength(6);
  });

  it("gathers a group that shares one strong key only", () => {
    const world = makeWorld();
    const group = span(200, 212);
    const key = world.key(KIND.payment, group);
    addOrganic(world, { parties: 1000, keys: 900, held: 4, random: generator(2) });
    const { candidate, likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBe(1);
    expect(candidate).toMatchObject({ pass: "single", required: 1 });
    expect(Array.from(candidate!.keys)).toEqual([key]);
  });

  it("searches no more where every party is settled, and on where one is not", () => {
    const world = makeWorld();
    const [known, joined, other] = [span(50, 80), span(100, 130), span(200, 230)];
    for (const group of [known, joined, other]) {
      for (let i = 0; i < 6; i++) world.key(KIND.shingle, group);
    }
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random: generator(1) });
    const settled = new Set([...known, ...joined.slice(1)]);
    const likenesses = [known, joined, other].map(
      (group) => bestMatch(graphOf(world.edges).candidates({ settled }), group).likeness,
    );
    expect(likenesses[0]).toBeLessThan(0.5);
    expect(likenesses.slice(1)).toEqual([1, 1]);
  });

  it("takes single keys of the kinds asked for only, and every kind its turn", () => {
    const world = makeWorld();
    for (let i = 0; i < 50; i++) world.key(KIND.item, span(20 * i, 20 * i + 18));
    const rare = world.key(KIND.payment, [1, 22, 43, 64]);
    const graph = graphOf(world.edges);
    const few = graph.candidates({ limit: 4, population: 5000 });
    expect(few.some(({ keys }) => keys[0] === rare)).toBe(true);
    const payments = graph.candidates({ singleKinds: [KIND.payment], population: 5000 });
    expect(payments.map(({ keys }) => Array.from(keys))).toEqual([[rare]]);
  });

  it("ties parties into communities by keys of the kinds asked for only", () => {
    const world = makeWorld();
    const random = generator(4);
    for (let i = 0; i < 60; i++) {
      world.key(KIND.payment, shuffled(span(0, 24), random).slice(0, 3));
      world.key(KIND.item, shuffled(span(40, 64), random).slice(0, 3));
    }
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const found = graphOf(world.edges).candidates({
      communityKinds: [[KIND.payment]],
      communityDensity: 0.01,
    });
    const communities = found.filter(({ pass }) => pass === "community");
    expect(bestMatch(communities, span(0, 24)).likeness).toBeGreaterThan(0.9);
    expect(bestMatch(communities, span(40, 64)).likeness).toBe(0);
  });

  it("gathers a group that shares a card here and a device there, no key by all", () => {
    const world = makeWorld();
    const random = generator(3);
    const group = span(0, 24);
    for (let i = 0; i < 60; i++) {
      world.key(KIND.payment, shuffled(group, random).slice(0, 2 + Math.floor(random() * 2)));
    }
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const { candidate, likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBeGreaterThan(0.9);
    expect(candidate!.pass).toBe("community");
  });

  it("gathers accounts tied by echo links alone", () => {
    const world = makeWorld();
    const random = generator(4);
    const group = span(500, 516);
    for (const from of group) {
      for (const to of shuffled(group, random).slice(0, 4)) {
        if (to !== from) world.key(KIND.item, [from, to]);
      }
    }
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const { likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBeGreaterThan(0.9);
  });

  it("gathers a campaign that rotates 20 paraphrases, four requests an account, as one candidate", () => {
    const world = makeWorld();
    const random = generator(5);
    const group = span(0, 400);
    const users = Array.from({ length: 20 }, () => new Set<number>());
    for (const party of group) {
      for (let i = 0; i < 4; i++) users[Math.floor(random() * 20)]!.add(party);
    }
    for (const set of users) for (let i = 0; i < 5; i++) world.key(KIND.shingle, set);
    addOrganic(world, { parties: 8000, keys: 6000, held: 6, random });
    const { candidate, likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBeGreaterThan(0.95);
    expect(candidate!.keys.length).toBeGreaterThanOrEqual(90);
  });

  it("gathers all of such a campaign of 150 accounts as one candidate, of 20 to 80 as one or several", () => {
    for (const size of [20, 40, 80, 150]) {
      const world = makeWorld();
      const random = generator(size);
      const group = span(0, size);
      const users = Array.from({ length: 20 }, () => new Set<number>());
      for (const party of group) {
        for (let i = 0; i < 4; i++) users[Math.floor(random() * 20)]!.add(party);
      }
      for (const set of users) for (let i = 0; i < 5; i++) world.key(KIND.shingle, set);
      addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
      const candidates = graphOf(world.edges).candidates();
      const own = candidates.filter(
        ({ pass, parties }) =>
          pass !== "single" &&
          parties.filter((party) => party < size).length > 0.9 * parties.length,
      );
      const gathered = new Set(own.flatMap(({ parties }) => Array.from(parties)));
      expect(group.filter((party) => gathered.has(party)).length).toBeGreaterThan(0.95 * size);
      expect(bestMatch(candidates, group).likeness).toBeGreaterThan(size === 150 ? 0.9 : 0.5);
    }
  });

  it("gathers such a campaign when it is three in ten of all parties", () => {
    const world = makeWorld();
    const random = generator(6);
    const group = span(0, 900);
    const users = Array.from({ length: 20 }, () => new Set<number>());
    for (const party of group) {
      for (let i = 0; i < 4; i++) users[Math.floor(random() * 20)]!.add(party);
    }
    for (const set of users) for (let i = 0; i < 5; i++) world.key(KIND.shingle, set);
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const { likeness } = bestMatch(graphOf(world.edges).candidates(), group);
    expect(likeness).toBeGreaterThan(0.9);
  });

  it("does not fuse two operations that use one popular prompt", () => {
    const world = makeWorld();
    const random = generator(7);
    const first = span(0, 60);
    const second = span(60, 120);
    for (const group of [first, second]) {
      for (let i = 0; i < 4; i++) world.key(KIND.shingle, group);
    }
    for (const share of [0.06, 0.1, 0.3, 0.6]) {
      const others = span(120, 4000).filter(() => random() < share);
      world.key(KIND.system, [...first, ...second, ...others]);
    }
    addOrganic(world, { parties: 4000, keys: 3000, held: 6, random });
    const candidates = graphOf(world.edges).candidates();
    expect(bestMatch(candidates, first).likeness).toBe(1);
    expect(bestMatch(candidates, second).likeness).toBe(1);
    const fused = candidates.filter(
      ({ pass, parties }) => pass !== "single" && parties.includes(0) && parties.includes(119),
    );
    expect(fused.map(({ parties }) => parties.length)).toEqual([]);
  });

  it("keeps both operations where a prompt that only they use links them", () => {
    const world = makeWorld();
    const first = span(0, 60);
    const second = span(60, 120);
    world.key(KIND.shingle, first);
    world.key(KIND.shingle, second);
    world.key(KIND.system, span(0, 130));
    addOrganic(world, { parties: 4000, keys: 3000, held: 6, random: generator(8) });
    const candidates = graphOf(world.edges).candidates();
    expect(bestMatch(candidates, first).likeness).toBe(1);
    expect(bestMatch(candidates, second).likeness).toBe(1);
  });

  it("gives values that nearly everyone holds no weight", () => {
    const world = makeWorld();
    const random = generator(9);
    for (const share of [0.5, 0.6, 0.7, 0.9]) {
      world.key(
        KIND.client,
        span(0, 2000).filter(() => random() < share),
      );
    }
    addOrganic(world, { parties: 2000, keys: 1800, held: 5, random });
    const largest = Math.max(
      ...graphOf(world.edges)
        .candidates()
        .map(({ parties }) => parties.length),
    );
    expect(largest).toBeLessThan(800);
  });

  it("lets an account belong to two groups", () => {
    const world = makeWorld();
    const random = generator(10);
    const first = span(0, 30);
    const second = span(20, 50);
    for (let i = 0; i < 5; i++) world.key(KIND.shingle, first);
    for (let i = 0; i < 5; i++) world.key(KIND.shingle, second);
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random });
    const candidates = graphOf(world.edges).candidates();
    const matches = [first, second].map((group) => bestMatch(candidates, group));
    expect(matches.map(({ likeness }) => likeness)).toEqual([1, 1]);
    expect(matches.every(({ candidate }) => candidate!.parties.includes(25))).toBe(true);
  });

  it("finds nothing but single keys in organic life", () => {
    const world = makeWorld();
    addOrganic(world, { parties: 3000, keys: 3000, held: 6, random: generator(11) });
    const passes = graphOf(world.edges)
      .candidates()
      .filter(({ pass }) => pass !== "single");
    expect(passes).toEqual([]);
  });

  it("returns no two candidates with almost the same parties, best score first, within the limit", () => {
    const world = makeWorld();
    for (let g = 0; g < 30; g++) {
      const group = span(40 * g, 40 * g + 30);
      for (let i = 0; i < 4; i++) world.key(KIND.shingle, group.slice(i % 2));
    }
    addOrganic(world, { parties: 3000, keys: 2500, held: 6, random: generator(12) });
    const candidates = graphOf(world.edges).candidates({ limit: 100 });
    expect(candidates.length).toBeLessThanOrEqual(100);
    const scores = candidates.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (let g = 0; g < 30; g++) {
      expect(bestMatch(candidates, span(40 * g, 40 * g + 30)).likeness).toBeGreaterThan(0.9);
    }
    candidates.forEach((candidate, at) => {
      const others = candidates.filter((_, i) => i !== at);
      expect(bestMatch(others, Array.from(candidate.parties)).likeness).toBeLessThanOrEqual(0.9);
    });
  });
});
