/** A synthetic log's pairs with planted groups; nothing in it comes from real traffic. */
export interface World {
  readonly keys: Uint32Array;
  readonly parties: Uint32Array;
  readonly length: number;
  readonly keyCount: number;
  readonly kindOf: Uint8Array;
  readonly groups: readonly PlantedGroup[];
}

export interface PlantedGroup {
  readonly kind: "campaign" | "small keys" | "2-3 skeletons" | "1 skeleton";
  readonly members: readonly number[];
}

export interface WorldOptions {
  readonly accounts: number;
  readonly pairs: number;
  readonly groups: number;
  readonly campaign: number;
  /** Skeletons (of 40) a member of the campaign has used: from … to. */
  readonly used: readonly [number, number];
  readonly seed: number;
}

/** Organic keys: how many values a kind has a thousand accounts, how many an account holds, and how steep its popularity is (value = ⌊values · u^steep⌋). */
const ORGANIC = [
  { kind: 0, valuesPerThousand: 1200, held: 11, steep: 2.2 },
  { kind: 1, valuesPerThousand: 250, held: 2, steep: 2.5 },
  { kind: 2, valuesPerThousand: 50, held: 1, steep: 5 },
  { kind: 3, valuesPerThousand: 10, held: 0.5, steep: 5 },
  { kind: 4, valuesPerThousand: 4, held: 1, steep: 8 },
  { kind: 7, valuesPerThousand: 400, held: 0.3, steep: 1 },
  { kind: 8, valuesPerThousand: 0.3, held: 1, steep: 6 },
  { kind: 9, valuesPerThousand: 300, held: 1.2, steep: 2 },
  { kind: 10, valuesPerThousand: 20, held: 1, steep: 6 },
  { kind: 11, valuesPerThousand: 17, held: 1, steep: 1 },
] as const;
/** Shares of all accounts that use a popular agent: four keys with the same parties each; the campaign uses the second. */
const POPULAR_AGENTS = [0.3, 0.1, 0.03];
const SKELETON = 0;
const SMALL = 5;

/** Makes the world. The campaign rotates 40 skeletons of 5 shingles, each member having used `used` of them. */
export function plantWorld(options: WorldOptions): World {
  const random = generator(options.seed);
  const below = (n: number): number => Math.floor(random() * n);
  const keys = new Uint32Array(Math.ceil(options.pairs * 1.02) + 1000);
  const parties = new Uint32Array(keys.length);
  const kinds: number[] = [];
  let length = 0;
  const hold = (key: number, party: number): void => {
    if (length === keys.length) return;
    keys[length] = key;
    parties[length++] = party;
  };
  const newKey = (kind: number): number => kinds.push(kind) - 1;

  const groups: PlantedGroup[] = [];
  const [fewest, most] = options.used;
  const campaign = sample(options.accounts, options.campaign, below);
  groups.push({ kind: "campaign", members: campaign });
  const skeletons = Array.from({ length: 40 }, () =>
    Array.from({ length: 5 }, () => newKey(SKELETON)),
  );
  for (const party of campaign) {
    for (const at of sample(skeletons.length, fewest + below(most - fewest + 1), below)) {
      for (const key of skeletons[at]!) hold(key, party);
    }
  }
  for (let g = 0; g < options.groups; g++) {
    const members = sample(options.accounts, 8 + below(53), below);
    if (g % 5 < 2) {
      groups.push({ kind: "small keys", members });
      for (let k = 0; k < 2.5 * members.length; k++) {
        const key = newKey(SMALL);
        for (const at of sample(members.length, 2 + below(3), below)) hold(key, members[at]!);
      }
      continue;
    }
    const count = g % 5 < 4 ? 2 + below(2) : 1;
    groups.push({ kind: count === 1 ? "1 skeleton" : "2-3 skeletons", members });
    const shared = Array.from({ length: count }, () => newKey(SKELETON));
    for (const party of members) {
      for (const key of shared) if (count === 1 || random() < 0.9) hold(key, party);
    }
  }

  for (const share of POPULAR_AGENTS) {
    const bundle = [2, 3, 1, 0].map(newKey);
    const everyMember = new Set(share === 0.1 ? campaign : []);
    for (let party = 0; party < options.accounts; party++) {
      if (random() >= share && !everyMember.has(party)) continue;
      for (const key of bundle) hold(key, party);
    }
  }

  const heldByAccount = ORGANIC.reduce((sum, { held }) => sum + held, 0);
  const scale = (options.pairs - length) / (options.accounts * heldByAccount);
  const firstKeys = ORGANIC.map(({ kind, valuesPerThousand }) => {
    const first = kinds.length;
    const values = Math.max(5, Math.round((valuesPerThousand * options.accounts) / 1000));
    for (let i = 0; i < values; i++) newKey(kind);
    return { first, values };
  });
  for (let party = 0; party < options.accounts; party++) {
    ORGANIC.forEach(({ held, steep }, at) => {
      const { first, values } = firstKeys[at]!;
      const mean = held * scale;
      const count = Math.floor(mean) + (random() < mean % 1 ? 1 : 0);
      for (let i = 0; i < count; i++) hold(first + Math.floor(values * random() ** steep), party);
    });
  }
  shuffle(keys, parties, length, below);
  return { keys, parties, length, keyCount: kinds.length, kindOf: Uint8Array.from(kinds), groups };
}

/** `count` different numbers below `n`. */
function sample(n: number, count: number, below: (n: number) => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(n, count)) chosen.add(below(n));
  return [...chosen];
}

function shuffle(
  a: Uint32Array,
  b: Uint32Array,
  length: number,
  below: (n: number) => number,
): void {
  for (let i = length - 1; i > 0; i--) {
    const j = below(i + 1);
    [a[i], a[j]] = [a[j]!, a[i]!];
    [b[i], b[j]] = [b[j]!, b[i]!];
  }
}

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
