/** What a key is made of: the low four bits of every key. Kinds from `payment` on belong to the account, whatever it asks. */
export const KEY_KINDS = {
  shingle: 1,
  head: 2,
  tail: 3,
  system: 4,
  systemShingle: 5,
  tools: 6,
  profile: 7,
  item: 8,
  client: 9,
  network: 10,
  payment: 11,
  phone: 12,
  device: 13,
  mail: 14,
  echo: 15,
} as const;

/** The name of a kind of key; its number where it has none. */
export function kindName(kind: number): string {
  const [name] = Object.entries(KEY_KINDS).find(([, number]) => number === kind) ?? [];
  return name ?? String(kind);
}

/** Kinds that are pieces of what a request says, in the prompt or the system prompt: a skeleton, where many share them. */
export const SKELETON_KINDS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);
/** Bits of an exchange's `intent`, set at ingest (`sql/ingest/land-segment.sql`). */
export const INTENT = {
  reasoning: 1 << 0,
  coercion: 1 << 1,
  grading: 1 << 2,
  preference: 1 << 3,
  generation: 1 << 4,
  wrapper: 1 << 5,
  rewriting: 1 << 6,
  code: 1 << 7,
  tools: 1 << 8,
  analysis: 1 << 9,
  vision: 1 << 10,
  spoken: 1 << 11,
} as const;
