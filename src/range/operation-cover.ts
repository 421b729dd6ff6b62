import type { Seat } from "./operation-crew.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { makePerson, personActor } from "./person.ts";
import type { PoolAccount } from "./pool.ts";
import type { Random } from "./random.ts";
import { DAY, type Actor, type Span } from "./world.ts";

/** Exchanges a day that one person sends at most; more are several people's. */
const BUSIEST = 30;

/** People whose own affairs make up the `cover` share of a seat's exchanges, over the whole of the account's life in the world. */
export function coverActors(
  random: Random,
  plan: OperationPlan,
  seat: Seat,
  suspended: number | undefined,
): Actor[] {
  const { cover, perDay } = plan.dials;
  const sent = (seat.weight * perDay * Math.max(0, seat.until - seat.from)) / DAY;
  const span = {
    from: Math.max(plan.span.from, Date.parse(seat.account.line.created) + 1),
    until: suspended ?? plan.span.until,
  };
  const days = (span.until - span.from) / DAY;
  const daily = (sent * cover) / (1 - cover) / Math.max(0.5, days);
  return passers(random, span, seat.account, daily, plan.dials.laundered);
}

/** People whose requests, `daily` exchanges in all, pass through one account. They use its own settings where `one` and their own otherwise. */
export function passers(
  random: Random,
  span: Span,
  account: PoolAccount,
  daily: number,
  one = false,
): Actor[] {
  const { campaign: _campaign, tools: _tools, system: _system, ...caller } = account.caller;
  const count = Math.ceil(daily / BUSIEST);
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`${caller.account} cover ${index}`);
    const home = count === 1 ? { home: account.home, language: account.language } : {};
    const person = makePerson(own, { span, ...home });
    const { system: _own, ...software } = person.caller;
    const { settings, model } = software;
    const turns = (1 - person.goesOn ** 14) / (1 - person.goesOn);
    const week = (5 + 2 * person.rhythm.weekend) / 7;
    return personActor(
      {
        ...person,
        line: account.line,
        caller: { ...caller, model, stateful: false, ...(one ? {} : { settings }) },
        clients: account.lines.map((line) => ({ ...line, ...account.device })),
        daily: daily / count / turns / week,
      },
      span,
      own.fork("affairs"),
    );
  });
}
