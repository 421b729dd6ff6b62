import type { ShardWork } from "./write-shards.ts";
import type { World } from "./write-world.ts";

/** This thread's actors, by their places in the world: whole parts, and single actors of independent parts, so that accounts come out even. */
export function ownActors(world: World, { shard, shards }: Omit<ShardWork, "recipe">): number[] {
  const load = new Array<number>(shards).fill(0);
  const least = (weight: number): number => {
    const at = load.indexOf(Math.min(...load));
    load[at] = (load[at] ?? 0) + weight;
    return at;
  };
  let first = 0;
  const placed = world.parts.map((part) => {
    const start = first;
    first += part.actors.length;
    return { part, places: part.actors.map((_actor, i) => start + i) };
  });
  const bound = placed.filter(({ part }) => part.independent !== true);
  const free = placed.filter(({ part }) => part.independent === true);
  const own = bound.flatMap(({ part, places }) =>
    least(part.accounts.length) === shard ? places : [],
  );
  for (const { places } of free) own.push(...places.filter(() => least(1) === shard));
  return own.toSorted((a, b) => a - b);
}
