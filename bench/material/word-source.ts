/** Word-like text from a seed, fast enough to feed a benchmark: about 100 MB a second. */
export interface WordSource {
  /** Uniform whole number in [0, n). */
  below(n: number): number;
  /** About `bytes` ASCII bytes of sentences, already escaped for JSON; a paragraph every sixty words or so. */
  text(bytes: number): string;
  /** `digits` hexadecimal digits. */
  hex(digits: number): string;
}

const VOCABULARY = 20_000;
/** Words by weight; drawing from it is one array access. A power of two. */
const DRAWS = 1 << 17;
const ONSETS = "b c d f g h j k l m n p r s t v w br cl st tr th".split(" ");
const VOWELS = "a e i o u ea".split(" ");
const CODAS = ["", "", "n", "r", "s", "t", "l"];

/** Makes a source: 20,000 made-up words, their frequencies after Zipf with exponent 0.9. */
export function wordSource(seed: number): WordSource {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  const bits = (): number => {
    // xorshift32 (Marsaglia 2003).
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
  const below = (n: number): number => Math.floor((bits() / 4_294_967_296) * n);
  const drawn = byFrequency(below);
  return {
    below,
    text(bytes) {
      let out = "";
      let words = 0;
      let ends = 5 + below(14);
      while (out.length < bytes) {
        out += drawn[bits() & (DRAWS - 1)];
        words++;
        if (words < ends) out += " ";
        else {
          out += below(5) === 0 ? ".\\n\\n" : ". ";
          ends = words + 5 + below(14);
        }
      }
      return out;
    },
    hex(digits) {
      let out = "";
      while (out.length < digits) out += bits().toString(16).padStart(8, "0");
      return out.slice(0, digits);
    },
  };
}

function byFrequency(below: (n: number) => number): readonly string[] {
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? "";
  const syllable = (): string => pick(ONSETS) + pick(VOWELS) + pick(CODAS);
  const words: string[] = [];
  const known = new Set<string>();
  while (words.length < VOCABULARY) {
    // Frequent words are short.
    const syllables = 1 + below(words.length < 400 ? 1 : 3);
    const word = Array.from({ length: syllables }, syllable).join("");
    if (known.has(word) && words.length >= 400) continue;
    known.add(word);
    words.push(word);
  }
  let total = 0;
  const sums = words.map((_, rank) => (total += (rank + 1) ** -0.9));
  let at = 0;
  return Array.from({ length: DRAWS }, (_, draw) => {
    while ((sums[at] ?? total) < ((draw + 0.5) / DRAWS) * total) at++;
    return words[at] ?? "";
  });
}
