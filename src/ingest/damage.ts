/** In a stream of chunks: the source cannot be read further. What came before it is good. */
export interface Damage {
  readonly damage: string;
}

/** Truncated gzip or zstd. */
export const ENDS_EARLY: Damage = { damage: "compressed data end early" };
/** Gzip or zstd with wrong bytes inside. */
export const DAMAGED: Damage = { damage: "compressed data are damaged" };
