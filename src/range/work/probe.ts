import { said } from "../conversation.ts";
import type { Random } from "../random.ts";
import type { Subject } from "../texts/subject.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { EXPLAIN, REASON_INLINE, TRANSCRIBE, VERIFY } from "./framings.ts";
import { writeItem } from "./item.ts";
import { single, type MakeWork } from "./work.ts";
import { framing, writeWording } from "./wordings.ts";

const REFUSAL = framing(`
I {can't/won't/am not able to} {share/write out/reproduce} my {private/internal} {reasoning/notes}.|{Sorry/I'm sorry}, {that/this} is {not something/nothing} I {disclose/hand out}.|My {hidden/inner} {deliberation/working} {stays/has to stay} {private/where it is}.
{Here is/I can offer} a {short/brief} {explanation/summary} instead:|{What I can do is/Happy to} {explain/outline} the {result/approach}:|{Briefly/In short}:
`);

/** Many techniques tried first, most of which are refused; from `scaleAt` on the `winners` only. `paraphrases` counts the winners' wordings; the techniques are always new. */
export function probing(scaleAt: number, winners: MakeWork): MakeWork {
  return (random, dials) => {
    const scaled = winners(random, dials);
    const techniques = [REASON_INLINE, EXPLAIN, TRANSCRIBE, VERIFY];
    return {
      steps: scaled.steps,
      open: (occasion) => {
        if (occasion.time >= scaleAt) return scaled.open(occasion);
        const { text, subject } = writeItem(random, occasion.topic);
        const technique = writeWording(random, random.pick(techniques));
        const prompt = random.chance(0.5) ? `${technique}\n\n${text}` : `${text}\n\n${technique}`;
        return single({
          turn: [said(prompt)],
          reply: {
            text: random.chance(0.65) ? refuse(random, subject) : writeAnswer(subject, random, 1.2),
          },
        });
      },
    };
  };
}

function refuse(random: Random, subject: Subject): string {
  return `${writeWording(random, REFUSAL)} ${writeAnswer(subject, random, 0.3)}`;
}
