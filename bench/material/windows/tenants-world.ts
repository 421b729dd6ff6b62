import { CAMPAIGNS } from "../../../src/range/campaigns/catalog.ts";
import { LOOKALIKES } from "../../../src/range/lookalikes/catalog.ts";
import { mergeByTime } from "../../../src/range/merge-by-time.ts";
import { organizations } from "../../../src/range/organizations.ts";
import { makeRandom } from "../../../src/range/random.ts";
import { UNTIL } from "../../../src/range/suites/stage-world.ts";
import { DAY, type Actor, type Part } from "../../../src/range/world.ts";
import type { World } from "../../../src/range/write-world.ts";

/** Long enough for a small organization to fill a window. */
const TENANT_DAYS = 360;
const OPERATION_DAYS = 10;
/** Operations whose accounts hold nothing but their own requests, so that what is mixed in is malicious throughout. */
const PURE = new Set(["reasoning-and-grading", "agentic-harvest", "tool-harvest", "fixed-line"]);

/** Legitimate uses with a prompt, a list or a scaffolding of their own, that a tenant takes up one day. */
const USES = new Set([
  "open-source agent with one scaffolding",
  "app that writes its users' prompts",
  "benchmark harness on release day",
  "undeclared company of one owner",
  "evaluation team that grades",
]);

/** What tenants and operations there are. */
export interface TenantsPlan {
  readonly seed: string;
  readonly tenants: number;
  /** A tenant sends no more than these. */
  readonly requests: number;
}

/** Organizations, each with its first `requests` requests; and operations of pure accounts, and uses, to mix in. */
export function tenantsWorld({ seed, tenants, requests }: TenantsPlan): World {
  const random = makeRandom(`windows ${seed}`);
  const span = { from: UNTIL - TENANT_DAYS * DAY, until: UNTIL };
  const late = { from: UNTIL - OPERATION_DAYS * DAY, until: UNTIL };
  const operations = CAMPAIGNS.filter(({ id }) => PURE.has(id)).map((maker) =>
    maker.make(random.fork(`operation ${maker.id}`), {
      span: late,
      id: maker.id,
      scale: 1 / 1000,
      dials: { cover: 0, perDay: Math.ceil(requests / OPERATION_DAYS / 8) },
    }),
  );
  const parts = [
    ...Array.from({ length: tenants }, (_, i) =>
      atMost(organizations(random.fork(`tenant ${i}`), { span, count: 1 }), requests),
    ),
    ...operations,
    ...LOOKALIKES.filter(({ family }) => USES.has(family)).map((maker) =>
      maker.make(random.fork(`use ${maker.family}`), { span: late, id: maker.family, scale: 1 }),
    ),
  ];
  return { seed, span, parts, expected: requests * (tenants + operations.length) };
}

/** The part's first exchanges. */
function atMost(part: Part, exchanges: number): Part {
  const actor: Actor = {
    *due() {
      let left = exchanges;
      for (const { time, draft } of mergeByTime(part.actors)) {
        if (left-- === 0) return;
        yield { time, take: () => draft };
      }
    },
  };
  return { ...part, actors: [actor] };
}
