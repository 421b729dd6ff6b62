import { OPEN } from "../dials.ts";
import { passers } from "../operation-cover.ts";
import { enlist } from "../operation-pool.ts";
import type { OperationPlan } from "../operation-plan.ts";
import { runOperation } from "../operation.ts";
import type { Random } from "../random.ts";
import { explainResponses, reasonInline, verifiableTasks } from "../work/lists.ts";
import type { AccountRole, Part, Place } from "../world.ts";
import { drawSoftware, drawWindow, reportedPace, scaled, type CampaignMaker } from "./blueprint.ts";

const NAME = "a pool shared by three operators and honest users";
const REPORTED = { accounts: 5000, exchanges: 6_000_000, days: 45 };
/** The operators, with the share of the pool's accounts each of them uses and the work it has done. */
const OPERATORS = [
  { key: "a", uses: 0.7, work: reasonInline },
  { key: "b", uses: 0.5, work: explainResponses },
  { key: "c", uses: 0.35, work: verifiableTasks },
] as const;
/** Share of the pool's exchanges that honest users send, where the dials don't say. */
const HONEST = 0.3;

/** A seller of access runs one pool. Three operators, each with work of its own, have overlapping parts of it, and honest users who want a cheap price go through the same accounts. Attribution is by exchange: an account may be three operations', and every account that honest users share is `mixed`. The pool's size was published; what each operator sent wasn't. */
export const sharedPool: CampaignMaker = {
  id: "shared-pool",
  name: NAME,
  reported: REPORTED,
  make: share,
};

function share(random: Random, place: Place): Part {
  const { span } = place;
  const window = drawWindow(random, span, REPORTED.days);
  const dials = {
    ...OPEN,
    cover: HONEST,
    agedDays: 90,
    ownCards: true,
    perDay: reportedPace(REPORTED),
    ...place.dials,
  };
  const plan: OperationPlan = {
    id: place.id,
    name: NAME,
    span,
    window,
    accounts: scaled(REPORTED.accounts, place.scale),
    dials,
    software: drawSoftware(random.fork("software")),
    work: reasonInline,
  };
  const pool = enlist(random.fork("pool"), plan, plan.accounts, window.from);
  const seen = pool.filter(() => random.chance(dials.view));
  const honest = (dials.perDay * dials.cover) / (1 - dials.cover);
  const users = seen.flatMap((account) =>
    passers(random, span, account, random.lognormal(honest, 0.4)),
  );
  const uses = OPERATORS.reduce((sum, operator) => sum + operator.uses, 0);
  const role: AccountRole = dials.cover > 0 ? "mixed" : "operated";
  const operations = OPERATORS.map(({ key, uses: part, work }) =>
    runOperation(random.fork(`operator ${key}`), {
      ...plan,
      id: `${place.id}-${key}`,
      name: `${NAME}: operator ${key}`,
      dials: { ...dials, view: 1, perDay: dials.perDay / uses },
      work,
      pool: random.sample(seen, Math.max(3, Math.round(part * seen.length))),
      role,
    }),
  );
  return {
    accounts: seen.map(({ line }) => line),
    actors: [...operations.flatMap(({ actors }) => actors), ...users],
    campaigns: operations.flatMap(({ campaigns = [] }) => campaigns),
  };
}
