/** What one cluster says: of `n` units sampled of it `k` have the trait; `weight` is how many it stands for. */
export interface Cluster {
  readonly n: number;
  readonly k: number;
  readonly weight: number;
}

const Z = 1.959_964;

/**
 * A weighted share over clusters with a 95 % interval in which clusters are the independent units: Wilson's interval at
 * the effective sample size n* = p(1 − p)/v, where v is the linearized variance of the ratio mean between clusters
 * (Korn & Graubard 1998; Dean & Pagano 2015). Between 1 and the number of units; as many as clusters, weighted (Kish),
 * where none or all have the trait. An empty sample gives 0 to 1. O(clusters).
 */
export function clusterShare(clusters: readonly Cluster[]): {
  readonly share: number;
  readonly low: number;
  readonly high: number;
} {
  const known = clusters.filter(({ n, weight }) => n > 0 && weight > 0);
  const weight = known.reduce((sum, c) => sum + c.weight, 0);
  if (known.length === 0) return { share: 0, low: 0, high: 1 };
  const share = known.reduce((sum, c) => sum + (c.weight * c.k) / c.n, 0) / weight;
  const squares = known.reduce((sum, c) => sum + c.weight ** 2, 0);
  const kish = weight ** 2 / squares;
  const units = known.reduce((sum, c) => sum + c.n, 0);
  const spread = known.reduce((sum, c) => sum + (c.weight * (c.k / c.n - share)) ** 2, 0);
  const m = known.length;
  const variance = m < 2 ? Infinity : (spread / weight ** 2) * (m / (m - 1));
  const within = share * (1 - share);
  const effective = within === 0 ? kish : Math.min(units, Math.max(1, within / variance));
  return { share, ...wilson(share, effective) };
}

/** Wilson's 95 % score interval (1927) of a share seen in n units. */
function wilson(share: number, n: number): { readonly low: number; readonly high: number } {
  const square = Z * Z;
  const centre = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  return {
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
  };
}
