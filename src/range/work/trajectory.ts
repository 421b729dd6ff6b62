import { answerCalls, makeRepository, openIssue, writeStep } from "../agent.ts";
import { SECOND, type Message } from "../world.ts";
import { writeScaffold, type Harness } from "./scaffolds.ts";
import type { MakeWork, Step } from "./work.ts";
import { makeVariants } from "./wordings.ts";

/** Tool-using trajectories on made-up code bases or records, each request with everything before it. `least` to `most` requests a trajectory. */
export function trajectories(harness: Harness, least: number, most: number): MakeWork {
  return (random, dials) => {
    const scaffold = makeVariants(
      random,
      (source) => writeScaffold(source, harness),
      dials.paraphrases,
    );
    return {
      steps: (least + most) / 2,
      open: ({ topic }) => {
        const frame = scaffold();
        const drawn = makeRepository(random);
        const repository = topic === undefined ? drawn : { ...drawn, subject: topic.subject };
        const steps = random.whole(least, most);
        let turn: readonly Message[] = [openIssue(repository, random)];
        let done = 0;
        return {
          frame: { system: frame.system, tools: frame.tools },
          step: (account): Step => {
            const last = ++done >= steps;
            const reply = writeStep(repository, frame, account.caller.dialect, random, last);
            const sent = turn;
            turn = answerCalls(reply.calls ?? [], repository, random);
            if (last) return { turn: sent, reply };
            return {
              turn: sent,
              reply,
              pause: Math.round(3 * SECOND + random.exponential(14 * SECOND)),
            };
          },
        };
      },
    };
  };
}
