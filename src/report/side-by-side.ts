/** A run of words that both texts have, or that only this one has. */
export interface Run {
  readonly text: string;
  readonly differs: boolean;
}

/** Words of each text that are compared; of what differs and of what is common, how many are shown. */
const COMPARED = 240;
const DIFFERING_SHOWN = 40;
const COMMON_SHOWN = 8;
/** Texts with less than this share of the shorter one's words in common are two texts, not a skeleton with a variable part. */
const LEAST_COMMON = 0.3;

/**
 * Two texts in runs of common and differing words (longest common subsequence), long runs cut to their ends. Only
 * their beginnings, nothing marked, where they have too little in common. O(240²).
 */
export function sideBySide(left: string, right: string): readonly [readonly Run[], readonly Run[]] {
  const [a, b] = [words(left), words(right)];
  const [inA, inB] = commonWords(a, b);
  const shared = inA.filter(Boolean).length;
  if (shared < LEAST_COMMON * Math.min(a.length, b.length)) return [beginning(a), beginning(b)];
  return [runs(a, inA), runs(b, inB)];
}

function beginning(text: readonly string[]): readonly Run[] {
  const shown = text.slice(0, DIFFERING_SHOWN).join(" ");
  return [{ text: text.length > DIFFERING_SHOWN ? `${shown} …` : shown, differs: false }];
}

function words(text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, COMPARED);
}

/** For each word whether it belongs to the longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): readonly [boolean[], boolean[]] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0];
      const both = (lengths[(i + 1) * width + j + 1] ?? 0) + 1;
      lengths[i * width + j] = a[i] === b[j] ? both : Math.max(down, right);
    }
  }
  const [inA, inB] = [a.map(() => false), b.map(() => false)];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      [inA[i], inB[j]] = [true, true];
      i++;
      j++;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return [inA, inB];
}

function runs(text: readonly string[], common: readonly boolean[]): readonly Run[] {
  const found: { readonly words: string[]; readonly differs: boolean }[] = [];
  for (const [at, word] of text.entries()) {
    const differs = common[at] === false;
    const last = found.at(-1);
    if (last?.differs === differs) last.words.push(word);
    else found.push({ words: [word], differs });
  }
  return found.map((run) => ({ text: ends(run.words, run.differs), differs: run.differs }));
}

function ends(run: readonly string[], differs: boolean): string {
  const shown = differs ? DIFFERING_SHOWN : COMMON_SHOWN * 2;
  if (run.length <= shown + 2) return run.join(" ");
  return differs
    ? `${run.slice(0, shown).join(" ")} …`
    : `${run.slice(0, COMMON_SHOWN).join(" ")} … ${run.slice(-COMMON_SHOWN).join(" ")}`;
}
