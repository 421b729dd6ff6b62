import { said } from "../conversation.ts";
import { answerOn, chooseSubject, makePerson, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { writeFollowup, writeOpening } from "../texts/write-prompt.ts";
import { SECOND, type Message, type Span } from "../world.ts";
import { IDENTITY } from "./framings.ts";
import { single, type Job, type MakeWork, type Occasion, type Step } from "./work.ts";
import { makeWordings } from "./wordings.ts";

/** Users of the operator's own product for every account of its pool. */
const USERS_AN_ACCOUNT = 8;

/** The product's user who writes next: few write much. A user is made again from the seed each time, so that memory doesn't grow with users. */
function drawUser(random: Random, base: Random, span: Span, users: number): Person {
  const index = Math.floor(users * random.next() ** 2.5);
  return makePerson(base.fork(`user ${index}`), { span });
}

/** Live relay: each conversation of an ordinary user of another product goes through an account of the pool, turn by turn. The text is the users' own, unless `paraphrases` lays an identity over it. */
export function liveRelay(span: Span, accounts: number): MakeWork {
  return (random, dials) => {
    const identity = makeWordings(random, IDENTITY, Math.max(1, dials.paraphrases));
    const base = random.fork("users");
    const open = ({ account, topic }: Occasion): Job => {
      const user = drawUser(random, base, span, accounts * USERS_AN_ACCOUNT);
      const subject = topic?.subject ?? chooseSubject(user, random);
      let turns = 0;
      let heard = "";
      const step = (): Step => {
        const prompt =
          turns++ === 0
            ? writeOpening(subject, user.voice, random)
            : writeFollowup(subject, user.voice, random, heard);
        const reply = answerOn(subject, account.caller, random);
        const sent = { turn: [said(prompt)], reply };
        heard = reply.text;
        if (turns >= 14 || !random.chance(user.goesOn)) return sent;
        const reading = reply.text.length * random.exponential(30);
        return {
          ...sent,
          pause: Math.ceil(4 * SECOND + reading + random.exponential(45 * SECOND)),
        };
      };
      return dials.paraphrases === 0 ? { step } : { step, frame: { system: identity() } };
    };
    return { steps: 2, open };
  };
}

/** Store-then-replay: the users' conversations were answered by the operator's own model and kept; each is sent again later, whole, up to a turn of the user's. The answers in it were never issued here. */
export function storedReplay(span: Span, accounts: number): MakeWork {
  return (random, dials) => {
    const identity = makeWordings(random, IDENTITY, Math.max(1, dials.paraphrases));
    const base = random.fork("users");
    const open = ({ account, topic }: Occasion): Job => {
      const user = drawUser(random, base, span, accounts * USERS_AN_ACCOUNT);
      const subject = topic?.subject ?? chooseSubject(user, random);
      const turn: Message[] = [said(writeOpening(subject, user.voice, random))];
      while (turn.length < 13 && random.chance(user.goesOn * 0.8)) {
        const text = writeAnswer(subject, random, 0.9);
        turn.push({ role: "assistant", text });
        turn.push(said(writeFollowup(subject, user.voice, random, text)));
      }
      const reply = answerOn(subject, account.caller, random);
      return single({ turn, reply }, dials.paraphrases === 0 ? {} : { system: identity() });
    };
    return { steps: 1, open };
  };
}
