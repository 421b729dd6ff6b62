import { said } from "../conversation.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import type { Message } from "../world.ts";
import { TRANSCRIBE } from "./framings.ts";
import { writeItem } from "./item.ts";
import { single, type MakeWork } from "./work.ts";
import { makeWordings } from "./wordings.ts";

/** A reasoning block as it was issued, with the question before it. */
interface Block {
  readonly owner: string;
  readonly dialect: string;
  readonly question: string;
  readonly answer: Message;
}

/** Blocks held at a time; the oldest go first. */
const HELD = 400;

/** Signed reasoning blocks issued to one account are presented by another, which is asked to write them out. A `fresh` share of requests are questions that bring new blocks. */
export function transcriptions(fresh: number): MakeWork {
  return (random, dials) => {
    const wording = makeWordings(random, TRANSCRIBE, dials.paraphrases);
    const blocks: Block[] = [];
    return {
      steps: 1,
      open: ({ account, topic }) => {
        const own = account.line.account;
        const { dialect } = account.caller;
        const block = blocks.length < 12 || random.chance(fresh) ? undefined : choose(own, dialect);
        const item = writeItem(random, topic);
        const reply = {
          text: writeAnswer(item.subject, random, block === undefined ? 0.7 : 1.5),
          thought: writeAnswer(makeSubject(random, english), random, 0.5),
        };
        if (block !== undefined) {
          const turn = [said(block.question), block.answer, said(wording())];
          return single({ turn, reply }, { reasons: true });
        }
        return {
          ...single({ turn: [said(item.text)], reply }, { reasons: true }),
          heard: ({ answer }) => {
            blocks.push({ owner: own, dialect, question: item.text, answer });
            if (blocks.length > HELD) blocks.splice(random.whole(0, HELD / 4), 1);
          },
        };
      },
    };
    function choose(own: string, dialect: string): Block | undefined {
      for (let i = 0; i < 12; i++) {
        const block = random.pick(blocks);
        if (block.owner !== own && block.dialect === dialect) return block;
      }
      return undefined;
    }
  };
}
