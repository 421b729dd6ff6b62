import type { Random } from "../random.ts";
import { speak, type Subject } from "../texts/subject.ts";

/** Running text on a subject, about `sentences` sentences: letters, documents, what a product's assistant wrote. */
export function writeProse(random: Random, subject: Subject, sentences: number): string {
  const { facts, joiner } = subject.language;
  const count = Math.max(1, Math.min(facts.length, random.poisson(sentences)));
  return random
    .sample(facts, count)
    .map((fact) => speak(fact, subject, random))
    .join(joiner);
}
