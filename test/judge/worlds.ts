import { launch } from "../../src/range/campaigns/blueprint.ts";
import { fixedLine } from "../../src/range/campaigns/reported.ts";
import { people } from "../../src/range/demo-world.ts";
import { agentUsers } from "../../src/range/lookalikes/agent-users.ts";
import { appUsers } from "../../src/range/lookalikes/app-users.ts";
import { benchmarkHarness } from "../../src/range/lookalikes/benchmark-harness.ts";
import { companyBatch } from "../../src/range/lookalikes/company-batch.ts";
import { keyRotation } from "../../src/range/lookalikes/key-rotation.ts";
import { officeNetwork } from "../../src/range/lookalikes/office-network.ts";
import { reseller } from "../../src/range/lookalikes/reseller.ts";
import { onePersonTwoProducts } from "../../src/range/lookalikes/two-products.ts";
import { universityClass } from "../../src/range/lookalikes/university-class.ts";
import { viralPrompt } from "../../src/range/lookalikes/viral-prompt.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY, HOUR, type Part, type Span } from "../../src/range/world.ts";
import type { World } from "../../src/range/write-world.ts";

/** The end of every world's traffic. */
export const UNTIL = new Date("2026-11-20T00:00:00Z");

/** Forty accounts that one operator drives for four days, replaced by forty others on the third, among people at their own affairs. */
export function plantedWorld(seed: number): World {
  const span: Span = { from: UNTIL.getTime() - 4 * DAY, until: UNTIL.getTime() };
  const random = makeRandom(`planted ${seed}`);
  const parts: Part[] = [
    people(random.fork("people"), span, 150),
    launch(random.fork("fixed line"), fixedLine, {
      span,
      id: "campaign-1",
      accounts: 80,
      window: span,
      dials: { perDay: 13 },
    }),
  ];
  return { seed: String(seed), span, parts, expected: 4000 };
}

/** People and groups of every family that resembles an operation, and no operation. `scale` multiplies accounts. */
export function innocentWorld(seed: number, scale: number): World {
  const span: Span = { from: UNTIL.getTime() - 8 * DAY, until: UNTIL.getTime() };
  const random = makeRandom(`innocent ${seed}`);
  const of = (count: number): number => Math.max(2, Math.round(count * scale));
  const at = (day: number): number => span.from + day * DAY;
  const group = <O extends object>(
    id: string,
    make: (random: ReturnType<typeof makeRandom>, options: O & { span: Span; id: string }) => Part,
    options: O,
  ): Part => make(random.fork(id), { ...options, span, id });
  const parts: Part[] = [
    people(random.fork("people"), span, of(1200)),
    group("company", companyBatch, { accounts: 8, perDay: 60, declared: true }),
    group("undeclared", companyBatch, { accounts: 3, perDay: 60, declared: false }),
    group("agent", agentUsers, { people: of(120) }),
    group("class", universityClass, { students: of(80), dueAt: at(6) + 21 * HOUR }),
    group("benchmark", benchmarkHarness, { evaluators: 7, questions: of(320), stopped: 1 }),
    group("app", appUsers, { people: of(160) }),
    group("viral", viralPrompt, { people: of(150), peak: at(4.5) }),
    group("office", officeNetwork, { people: of(60) }),
    group("reseller", reseller, { accounts: of(24), usersEach: 6 }),
    group("pair", onePersonTwoProducts, { people: of(14) }),
    group("rotation", keyRotation, { customers: of(10) }),
  ];
  return { seed: String(seed), span, parts, expected: Math.round(50_000 * scale) };
}
