import type { Random } from "../random.ts";
import { writeSnippet } from "./snippet.ts";
import { speak, type Subject } from "./subject.ts";
import { isCode } from "./write-prompt.ts";

/** A model's answer on `subject`: a lead, paragraphs of claims, sometimes steps or code, and an end. `size` scales the number of sentences (1 is usual). */
export function writeAnswer(subject: Subject, random: Random, size = 1): string {
  const shelved = subject.shelf?.answer();
  if (shelved !== undefined) return shelved;
  const { language } = subject;
  const say = (phrases: readonly string[]): string =>
    speak(random.pick(phrases), subject, random, "", true);
  const paragraphs: string[] = [];
  const count = Math.max(1, Math.min(6, Math.round(random.lognormal(1.6 * size, 0.5))));
  for (let i = 0; i < count; i++) {
    const sentences = i === 0 ? [say(language.leads)] : [];
    const length = 1 + random.poisson(1.3 * Math.sqrt(size));
    for (let j = 0; j < length; j++) sentences.push(say(language.claims));
    paragraphs.push(sentences.join(language.joiner));
  }
  if (random.chance(0.3)) paragraphs.push(writeList(say, language.steps, random));
  if (isCode(subject) && random.chance(0.5)) {
    paragraphs.push(writeSnippet(random, random.whole(5, 16)));
  }
  if (random.chance(0.5)) paragraphs.push(say(language.ends));
  return paragraphs.join("\n\n");
}

function writeList(
  say: (phrases: readonly string[]) => string,
  steps: readonly string[],
  random: Random,
): string {
  const mark = random.pick(["- ", "* ", ""]);
  const lines = random
    .sample(steps, random.whole(3, 6))
    .map((step, i) => `${mark === "" ? `${i + 1}. ` : mark}${say([step])}`);
  return lines.join("\n");
}
