/** One text's words as the intake takes them: letters and digits of spaced scripts, lower-cased; three-character pieces of Han, Kana and Hangul runs. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.toLowerCase().matchAll(RUNS)) {
    if (!UNSPACED.test(run)) {
      words.push(run);
      continue;
    }
    const letters = Array.from(run);
    if (letters.length < 3) words.push(run);
    for (let i = 0; i + 3 <= letters.length; i++) words.push(letters.slice(i, i + 3).join(""));
  }
  return words;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{N}])+/gu;

/** The shingles of five words that the intake keeps of a text: an eighth of the first and the last 32, a 64th of those between (a 256th in texts of more than 1,024), chosen by hash so that equal shingles are kept alike. */
export function sampledShingles(text: string): string[] {
  const words = wordsOf(text);
  const count = Math.max(0, words.length - 4);
  const kept = new Set<string>();
  for (let i = 0; i < count; i++) {
    const shingle = words.slice(i, i + 5).join(" ");
    const edge = i < 32 || i >= count - 32;
    const mask = edge ? 7 : count > 1024 ? 255 : 63;
    if ((hash32(shingle) & mask) === 0) kept.add(shingle);
  }
  return [...kept];
}

/** How much people repeat each other. Shares are of one person's texts or shingles, averaged over people. */
export interface Repeats {
  readonly people: number;
  readonly texts: number;
  /** Chance that a first turn is word for word one that a given other person sent too. */
  readonly textsPair: number;
  /** Share of first turns that anyone else of the crowd sent too. */
  readonly textsCrowd: number;
  /** Chance that a kept shingle is one that a given other person sent too. */
  readonly shinglesPair: number;
  /** Share of kept shingles that anyone else of the crowd sent too. */
  readonly shinglesCrowd: number;
  /** Share of pairs of people that have at least one kept shingle in common. */
  readonly linkedPairs: number;
}

/** Measures repeats between people, given the first turns of each. O(texts); pairs are counted through the texts they share. */
export function measureRepeats(crowd: readonly (readonly string[])[]): Repeats {
  const texts = crowd.map((own) => new Set(own.map((text) => wordsOf(text).join(" "))));
  const shingles = crowd.map((own) => new Set(own.flatMap(sampledShingles)));
  const [textsPair, textsCrowd] = overlap(texts);
  const [shinglesPair, shinglesCrowd] = overlap(shingles);
  const pairs = (crowd.length * (crowd.length - 1)) / 2;
  return {
    people: crowd.length,
    texts: crowd.reduce((sum, own) => sum + own.length, 0),
    textsPair,
    textsCrowd,
    shinglesPair,
    shinglesCrowd,
    linkedPairs: countLinked(shingles) / pairs,
  };
}

/** Over people who have any: mean chance that an item is a given other's, and mean share of items that are anyone else's. */
function overlap(sets: readonly ReadonlySet<string>[]): [number, number] {
  const holders = new Map<string, number>();
  for (const set of sets) for (const item of set) holders.set(item, (holders.get(item) ?? 0) + 1);
  let [pair, crowd, counted] = [0, 0, 0];
  for (const set of sets) {
    if (set.size === 0) continue;
    counted++;
    let [others, shared] = [0, 0];
    for (const item of set) {
      const rest = (holders.get(item) ?? 1) - 1;
      others += rest;
      if (rest > 0) shared++;
    }
    pair += others / set.size / (sets.length - 1);
    crowd += shared / set.size;
  }
  return [pair / counted, crowd / counted];
}

/** Pairs of people with an item in common. */
function countLinked(sets: readonly ReadonlySet<string>[]): number {
  const holders = new Map<string, number[]>();
  sets.forEach((set, person) => {
    for (const item of set) {
      const list = holders.get(item);
      if (list === undefined) holders.set(item, [person]);
      else list.push(person);
    }
  });
  const pairs = new Set<number>();
  for (const list of holders.values()) {
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++)
        pairs.add((list[i] as number) * sets.length + (list[j] as number));
    }
  }
  return pairs.size;
}

/** FNV-1a over UTF-16 code units, mixed at the end. */
function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}
