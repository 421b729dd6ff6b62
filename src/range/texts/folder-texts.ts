import type { Script } from "./read-texts.ts";
import type { Shelf, TextSource } from "./text-source.ts";

/** Neighbouring texts that a person takes at a time, where the file doesn't say whose they are. */
const HANDFUL = 8;
/** Every so many-th handful is kept back for the lists of operations. */
const FOR_LISTS = 4;

/**
 * Deals a folder's texts to the people and the operations of one world. Neighbours stay together, because they tend to
 * be on one subject or by one person; no text is dealt twice before all have been, and then the dealing starts again: where
 * a world asks for more texts than there are, strangers repeat each other. A quarter goes to operations' lists.
 */
export function folderTexts(scripts: readonly Script[]): TextSource {
  const handfuls = splitHandfuls(scripts);
  const forLists = handfuls.filter((_handful, i) => i % FOR_LISTS === FOR_LISTS - 1).flat();
  const forPeople = handfuls.filter((_handful, i) => i % FOR_LISTS !== FOR_LISTS - 1);
  const deal = dealer(forPeople);
  const entry = dealer(forLists.length > 0 ? forLists : scripts);
  return { shelf: () => makeShelf(deal), task: () => entry().asked[0] as string };
}

/** Runs of at most `HANDFUL` scripts of one owner; all of an owner's where the file names owners. */
function splitHandfuls(scripts: readonly Script[]): Script[][] {
  const byOwner = Map.groupBy(scripts, (script) => script.owner);
  return [...byOwner].flatMap(([owner, own]) => {
    if (owner.includes("\n")) return [own];
    return Array.from({ length: Math.ceil(own.length / HANDFUL) }, (_unused, i) =>
      own.slice(i * HANDFUL, (i + 1) * HANDFUL),
    );
  });
}

/** Gives each element once, from all over the list, before any is given again: steps of a golden section, coprime to the length. */
function dealer<T>(list: readonly T[]): () => T {
  let step = Math.max(1, Math.round(list.length * 0.618));
  while (divisor(step, list.length) > 1) step++;
  let at = 0;
  return () => {
    const given = list[at] as T;
    at = (at + step) % list.length;
    return given;
  };
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function makeShelf(deal: () => readonly Script[]): Shelf {
  let handful: readonly Script[] = [];
  let next = 0;
  let script: Script | undefined;
  let turn = 0;
  return {
    opening() {
      if (next >= handful.length) {
        handful = deal();
        next = 0;
      }
      script = handful[next++];
      turn = 0;
      return script?.asked[0] as string;
    },
    followup: () => script?.asked[++turn],
    answer: () => script?.answered[turn],
  };
}
