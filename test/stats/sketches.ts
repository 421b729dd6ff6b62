import type { AccountSums } from "../../src/stats/account-similarity.ts";
import type { Random } from "../../src/stats/random.ts";
import { normal } from "./draws.ts";

export interface SketchWorld {
  readonly accounts: number;
  readonly dimension?: number;
  /** Exchanges of account a. */
  readonly count: (next: Random) => number;
  /** Similarity of an account's own exchanges: θ of that account. */
  readonly own: (next: Random) => number;
  /** Similarity that everybody shares: what imperfect centring leaves. */
  readonly shared?: number;
}

/** Sums of unit vectors v = √shared·e₀ + √own·(account's direction) + √rest·(noise), normalized. */
export function sketchWorld(next: Random, world: SketchWorld): AccountSums {
  const { accounts, dimension = 256, shared = 0 } = world;
  const sums = new Float64Array(accounts * dimension);
  const counts = new Uint32Array(accounts);
  for (let a = 0; a < accounts; a++) {
    const own = world.own(next);
    const topic = direction(next, dimension);
    counts[a] = world.count(next);
    for (let i = 0; i < (counts[a] ?? 0); i++) {
      const noise = direction(next, dimension);
      const v = noise.map(
        (x, d) =>
          Math.sqrt(1 - own - shared) * x +
          Math.sqrt(own) * (topic[d] ?? 0) +
          (d === 0 ? Math.sqrt(shared) : 0),
      );
      const length = Math.hypot(...v);
      for (let d = 0; d < dimension; d++) {
        sums[a * dimension + d] = (sums[a * dimension + d] ?? 0) + (v[d] ?? 0) / length;
      }
    }
  }
  return { sums, counts, dimension };
}

function direction(next: Random, dimension: number): Float64Array {
  const v = Float64Array.from({ length: dimension }, () => normal(next));
  const length = Math.hypot(...v);
  return v.map((x) => x / length);
}
