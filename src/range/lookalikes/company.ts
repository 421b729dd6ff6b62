import type { Caller } from "../conversation.ts";
import { drawDevice, drawHome, drawServer, enrol, type Home } from "../identity.ts";
import { drawCaller } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject, type Subject } from "../texts/subject.ts";
import { DAY, HOUR, type AccountLine, type Client, type Span } from "../world.ts";

/** A company as a provider sees it: accounts of one payer, software, servers. */
export interface Company {
  readonly name: string;
  readonly home: Home;
  readonly mail: string;
  /** Where it is declared. */
  readonly organization?: string;
  readonly lines: readonly AccountLine[];
  /** One for each account, with a key of its own. */
  readonly callers: readonly Caller[];
  readonly servers: readonly Client[];
  /** The field it works in. */
  readonly subject: Subject;
}

/** What is fixed of a company; the rest is drawn. */
export interface CompanyPlan {
  readonly span: Span;
  readonly accounts: number;
  /** Whether its accounts are declared as one organization. They have one card and one mail domain in any case. */
  readonly declared: boolean;
  readonly home?: Home;
  readonly plan?: string;
  readonly agreement?: string;
  /** Sign-ups lie this many days before the window, at least and at most. */
  readonly ageDays?: readonly [number, number];
  readonly servers?: number;
  /** What its software puts into every request, whatever the account. */
  readonly caller: Partial<Caller>;
}

/** Draws a company. All its accounts run the same software. */
export function foundCompany(random: Random, plan: CompanyPlan): Company {
  const home = plan.home ?? drawHome(random, "en");
  const name = english.surname(random);
  const organization = plan.declared ? { organization: `org_${random.token(10)}` } : {};
  const mail = `${name.toLowerCase()}.example`;
  const payment = `pay_${random.hex(16)}`;
  const [least, most] = plan.ageDays ?? [90, 700];
  const subject = makeSubject(random, english);
  const lines = Array.from({ length: plan.accounts }, () => ({
    ...enrol(random, {
      home,
      span: plan.span,
      created: plan.span.from - (least + (most - least) * random.next()) * DAY,
      plan: plan.plan ?? "team",
      mail,
      payment,
      verification: "identity",
      ...organization,
    }),
    ...(plan.agreement === undefined ? {} : { agreement: plan.agreement }),
  }));
  const { system: _system, ...base } = drawCaller(random, lines[0] as AccountLine, subject);
  const callers = lines.map((line): Caller => ({
    ...base,
    sessions: false,
    stateful: false,
    reasons: false,
    ...plan.caller,
    account: line.account,
    credential: `key_${random.token(12)}`,
  }));
  const device = drawDevice(random, true);
  const servers = Array.from({ length: plan.servers ?? 2 }, () => ({
    ...drawServer(random),
    ...device,
  }));
  return { name, home, mail, ...organization, lines, callers, servers, subject };
}

/** When a company's jobs run: weights of the local hours, and the weekend's share of a weekday. */
export interface Shift {
  readonly hours: readonly number[];
  readonly weekend: number;
}

/** Office hours and a nightly batch. */
export const OFFICE_AND_NIGHT: Shift = {
  hours: [1, 14, 14, 1, 1, 1, 2, 6, 11, 13, 13, 12, 10, 12, 13, 12, 11, 7, 3, 2, 1, 1, 1, 1],
  weekend: 0.35,
};
/** Office hours alone. */
export const OFFICE_HOURS: Shift = {
  hours: [0, 0, 0, 0, 0, 0, 1, 5, 11, 13, 13, 12, 8, 11, 13, 12, 10, 6, 3, 2, 1, 1, 0, 0],
  weekend: 0.08,
};
/** The same at every hour of every day. */
export const ROUND_THE_CLOCK: Shift = { hours: Array.from({ length: 24 }, () => 1), weekend: 1 };

/** Times of a job that makes `perDay` requests on a weekday: a Poisson process with the shift's rates, by thinning. `offset` is in hours from UTC. */
export function* jobTimes(
  random: Random,
  span: Span,
  job: { readonly perDay: number; readonly offset: number; readonly shift: Shift },
): Generator<number> {
  const { hours, weekend } = job.shift;
  const sum = hours.reduce((a, b) => a + b, 0);
  const most = Math.max(...hours) / sum;
  let time = span.from;
  for (;;) {
    time += Math.max(1, Math.round(random.exponential(HOUR / (job.perDay * most))));
    if (time >= span.until) return;
    const local = time + job.offset * HOUR;
    const weekday = (Math.floor(local / DAY) + 4) % 7;
    const rate = (hours[Math.floor((local % DAY) / HOUR)] ?? 0) / sum;
    const factor = weekday === 0 || weekday === 6 ? weekend : 1;
    if (random.chance((rate * factor) / most)) yield time;
  }
}
