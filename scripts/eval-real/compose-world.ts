import { people } from "../../src/range/demo-world.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { DAY, type Part, type Span } from "../../src/range/world.ts";
import type { World } from "../../src/range/write-world.ts";
import type { Material } from "./load-material.ts";
import {
  alpacaAsSent,
  chineseBulk,
  harvest,
  oneByOne,
  type HarvestPlan,
} from "./real-campaigns.ts";
import { bankingBatch, evaluationTeam, gsm8kHarness } from "./real-groups.ts";
import { agentOperators, arenaUsers, bankingAppUsers, roleUsers } from "./real-people.ts";

/** One world of real texts at real arrival times with identities made up. Sizes, pools, hours, cards and bans differ from seed to seed. Ends at `until`; ten days. */
export function composeWorld(material: Material, seed: number, until: Date): World {
  const random = makeRandom(`real ${seed}`);
  const span: Span = { from: until.getTime() - 10 * DAY, until: until.getTime() };
  const parts: Part[] = [
    people(random.fork("people"), span, random.whole(1200, 1900)),
    arenaUsers(random.fork("arena"), material, span),
    roleUsers(random.fork("roles"), span, {
      id: "roles",
      family: "prompts.chat users",
      roles: material.roles,
      people: random.whole(120, 220),
      inChinese: false,
    }),
    roleUsers(random.fork("chinese roles"), span, {
      id: "chinese-roles",
      family: "Chinese role prompt users",
      roles: material.chineseRoles,
      people: random.whole(80, 140),
      inChinese: true,
    }),
    bankingAppUsers(random.fork("banking app"), material, span, random.whole(120, 240)),
    bankingBatch(random.fork("banking company"), material, span, {
      declared: true,
      accounts: random.whole(3, 8),
      exchanges: random.whole(3000, 7000),
    }),
    bankingBatch(random.fork("banking pair"), material, span, {
      declared: false,
      accounts: 2,
      exchanges: random.whole(700, 1800),
    }),
    gsm8kHarness(random.fork("gsm8k"), material, span, {
      evaluators: random.whole(4, 9),
      questions: random.whole(250, 600),
      stopped: 1,
    }),
    evaluationTeam(random.fork("evaluation"), material, span, random.whole(2, 5)),
    agentOperators(random.fork("agents"), material, span, random.whole(16, 25)),
    ...plans(random.fork("plans"), material, span).map((plan) =>
      harvest(random.fork(plan.id), material, span, plan),
    ),
  ];
  return { seed: String(seed), span, parts, expected: 60_000 };
}

function plans(random: Random, material: Material, span: Span): HarvestPlan[] {
  const common = (
    exchanges: number,
  ): Pick<
    HarvestPlan,
    "exchanges" | "samples" | "cards" | "banned" | "start" | "days" | "batch" | "dialects"
  > => {
    const days = random.pick([4, 6, 8]);
    return {
      exchanges,
      samples: random.pick([1, 2, 3]),
      cards: random.chance(0.5) ? 0 : random.whole(3, 15),
      banned: random.chance(0.35),
      days,
      start: span.from + Math.floor(random.next() * (9.5 - days) * DAY),
      batch: 1,
      dialects: random.pick([
        ["openai-chat"],
        ["openai-chat", "anthropic"],
        ["openai-chat", "openai-responses", "gemini"],
      ] as const),
    };
  };
  const alpaca = common(random.whole(1500, 3000));
  const teacher = random.chance(0.6);
  return [
    {
      ...alpaca,
      id: "alpaca",
      name: "Alpaca as sent",
      accounts: random.whole(20, 120),
      samples: 1,
      batch: 5,
      caller: { settings: { temperature: 1, top_p: 1, maxTokens: 3072 } },
      write: alpacaAsSent(random.fork("alpaca"), material),
    },
    {
      ...common(random.whole(8000, 15_000)),
      id: "one-by-one",
      name: "instructions one by one",
      accounts: random.whole(80, 400),
      caller: { settings: { temperature: 1, maxTokens: 4096 } },
      write: oneByOne(random.fork("one"), material.alpaca.rows, true),
    },
    {
      ...common(random.whole(4000, 9000)),
      id: "gpteacher",
      name: `GPTeacher tools, roles, code`,
      accounts: random.whole(40, 160),
      caller: {
        settings: { temperature: 0.7, maxTokens: 4096 },
        ...(teacher
          ? {
              system:
                "Answer as an expert teacher would. Give the response only, complete and without remarks.",
            }
          : {}),
      },
      write: oneByOne(random.fork("teacher"), material.gpteacher, false),
    },
    {
      ...common(random.whole(4000, 9000)),
      id: "chinese-bulk",
      name: "Chinese question bulk",
      accounts: random.whole(150, 900),
      caller: { settings: { temperature: 0.8, maxTokens: 8192 } },
      write: chineseBulk(random.fork("chinese"), material),
    },
  ];
}
