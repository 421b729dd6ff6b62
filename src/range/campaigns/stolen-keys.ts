import { OPEN } from "../dials.ts";
import { runOperation } from "../operation.ts";
import { equip } from "../operation-pool.ts";
import { makePerson, personActor } from "../person.ts";
import type { PoolAccount } from "../pool.ts";
import type { Random } from "../random.ts";
import { reasonInline } from "../work/lists.ts";
import { DAY, type Actor, type Part, type Place, type Span } from "../world.ts";
import { drawSoftware, drawWindow, reportedPace, scaled, type CampaignMaker } from "./blueprint.ts";

const NAME = "stolen keys inside real tenants";
const REPORTED = { accounts: 400, exchanges: 200_000, days: 20 };

/** Keys stolen from real tenants: the customers' own traffic goes on beside the operator's, which comes from elsewhere. The accounts being the customers', `agedDays`, `ownCards` and `cover` change nothing. Stolen keys were reported, their number wasn't. */
export const stolenKeys: CampaignMaker = {
  id: "stolen-keys",
  name: NAME,
  reported: REPORTED,
  make: steal,
};

function steal(random: Random, place: Place): Part {
  const { span, id } = place;
  const window = drawWindow(random, span, REPORTED.days);
  const dials = {
    ...OPEN,
    paraphrases: 4,
    uneven: 0.6,
    jitter: 0.3,
    perDay: reportedPace(REPORTED),
    ...place.dials,
  };
  const tenants = Array.from({ length: scaled(REPORTED.accounts, place.scale) }, (_, index) =>
    drawTenant(random.fork(`tenant ${index}`), span, window.from),
  );
  const software = drawSoftware(random.fork("software"));
  const equipment = equip(random, { dials, software }, tenants.length);
  const pool = tenants.map(({ account }, index) => ({
    ...account,
    caller: { ...account.caller, ...equipment.caller(index, account.caller) },
    device: equipment.device(random),
    lines: equipment.lines(random, account.home),
  }));
  const { actors, campaigns = [] } = runOperation(random, {
    id,
    name: NAME,
    span,
    window,
    accounts: pool.length,
    dials,
    software,
    work: reasonInline,
    pool,
    role: "compromised",
  });
  return {
    accounts: tenants.map(({ account }) => account.line),
    actors: [...actors, ...tenants.flatMap(({ staff }) => staff)],
    campaigns,
  };
}

/** A customer of some months or years: one to five people who work through one key. */
function drawTenant(
  random: Random,
  span: Span,
  before: number,
): { readonly account: PoolAccount; readonly staff: readonly Actor[] } {
  const owner = makePerson(random, {
    span,
    enrolment: {
      created: before - (40 + 700 * random.next()) * DAY,
      plan: random.pick(["team", "payg", "pro"]),
    },
  });
  const { line, language, caller, clients } = owner;
  const home = { country: line.country, offset: owner.rhythm.offset };
  const staff = Array.from({ length: random.pick([1, 1, 2, 3, 5]) }, (_, index) => {
    const own = random.fork(`staff ${index}`);
    const person = makePerson(own, { span, language, home });
    return personActor({ ...person, line, caller }, span, own.fork("work"));
  });
  const { system: _system, ...bare } = caller;
  return {
    account: {
      line,
      home,
      language,
      caller: { ...bare, stateful: false, reasons: false },
      device: clients[0] ?? { userAgent: "", ja4: "" },
      lines: clients,
    },
    staff,
  };
}
