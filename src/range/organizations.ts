import { makeRepository, WORKING } from "./agent.ts";
import { ask, openThread, said, type Caller } from "./conversation.ts";
import { renewAddress } from "./identity.ts";
import {
  foundCompany,
  jobTimes,
  OFFICE_AND_NIGHT,
  OFFICE_HOURS,
  type Company,
} from "./lookalikes/company.ts";
import { develop } from "./lookalikes/develop.ts";
import { HERON } from "./lookalikes/heron.ts";
import { writeProse } from "./lookalikes/prose.ts";
import { relayed } from "./lookalikes/relayed.ts";
import { makePerson, personActor } from "./person.ts";
import type { Random } from "./random.ts";
import { drawRhythm } from "./rhythm.ts";
import { english } from "./texts/english.ts";
import { makeSubject, speak } from "./texts/subject.ts";
import { makeVoice } from "./texts/voice.ts";
import type { Actor, Due, Part, Span } from "./world.ts";

/** What an organization uses the provider for. */
type Activity = "app" | "batch" | "seats" | "agents";

/** Organizations that have nothing to do with each other, most of them declared: each an app for customers of its own, a nightly job, seats for its staff, agents on its code, or several of these; sizes are heavy-tailed. */
export function organizations(
  random: Random,
  options: { readonly span: Span; readonly count: number },
): Part {
  const parts = Array.from({ length: options.count }, (_unused, index) =>
    makeOrganization(random.fork(`organization ${index}`), options.span),
  );
  return {
    accounts: parts.flatMap((part) => part.accounts),
    actors: parts.flatMap((part) => part.actors),
  };
}

function makeOrganization(random: Random, span: Span): Part {
  const company = foundCompany(random, {
    span,
    accounts: Math.min(12, Math.ceil(random.lognormal(2, 0.7))),
    declared: random.chance(0.85),
    ageDays: [20, 900],
    caller: {},
  });
  const activities = random.sample<Activity>(
    ["app", "batch", "seats", "agents"],
    random.pick([1, 1, 2, 3]),
  );
  const actors = activities.flatMap((activity) => {
    const own = random.fork(activity);
    return ACTIVITIES[activity](own, company, span);
  });
  return { accounts: company.lines, actors };
}

const ACTIVITIES: Readonly<
  Record<Activity, (random: Random, company: Company, span: Span) => Actor[]>
> = {
  app: serveCustomers,
  batch: (random, company, span) => [{ due: () => runJob(random, company, span) }],
  seats: seatStaff,
  agents: runAgents,
};

/** An app with a system prompt of its own; its users' conversations are spread over its keys. */
function serveCustomers(random: Random, company: Company, span: Span): Actor[] {
  const { subject } = company;
  const software: Partial<Caller> = {
    dialect: company.callers[0]!.dialect,
    system: `You are the assistant of ${company.name}, ${subject.names[0]} is responsible for you. ${writeProse(random, subject, 8)}`,
    settings: {
      temperature: random.pick([0.2, 0.4, 0.7]),
      maxTokens: random.pick([700, 1500, 3000]),
    },
    platform: "api",
    stateful: false,
    ...organizationOf(company),
  };
  const users = Math.ceil(random.lognormal(6, 0.8));
  return Array.from({ length: Math.min(users, 40) }, (_unused, index) => {
    const user = makePerson(random, {
      span,
      subjects: [makeSubject(random, english, subject.domain)],
      language: english,
      caller: software,
    });
    const doors = random.fork(`doors ${index}`);
    const seen = { ...user, line: company.lines[0]!, clients: company.servers };
    return relayed(personActor(seen, span, random.fork(`user ${index}`)), () => {
      const { account, credential } = doors.pick(company.callers);
      return { account, credential };
    });
  });
}

/** A job that puts records through the organization's own template, one account for it. */
function* runJob(random: Random, company: Company, span: Span): Generator<Due> {
  const { subject, home, servers } = company;
  const caller: Caller = {
    ...random.pick(company.callers),
    system: `${speak("{Read/Take} each record on {thing} and return {aspect}, {aspect2} and {kind} as JSON.", subject, random)} ${writeProse(random, subject, 4)}`,
    settings: { temperature: 0, maxTokens: random.pick([64, 256, 800]) },
  };
  const job = {
    perDay: Math.min(300, random.lognormal(40, 1)),
    offset: home.offset,
    shift: OFFICE_AND_NIGHT,
  };
  for (const time of jobTimes(random, span, job)) {
    yield {
      time,
      take: () => {
        const record = makeSubject(random, english, subject.domain);
        const length = Math.min(90, random.lognormal(5, 0.9));
        const text = Array.from({ length: Math.ceil(length / 20) }, () =>
          writeProse(random, record, Math.min(20, length)),
        ).join("\n");
        const reply = {
          text: `{"value":"${random.pick(record.kinds)}","n":${random.whole(1, 900)}}`,
        };
        return ask(random, caller, random.pick(servers), openThread(random), [said(text)], reply);
      },
    };
  }
}

/** A person of the staff for each account, at work and about work. */
function seatStaff(random: Random, company: Company, span: Span): Actor[] {
  return company.callers.map((caller, index) => {
    const person = makePerson(random, {
      span,
      home: company.home,
      rhythm: { ...drawRhythm(random, company.home.offset), ...OFFICE_HOURS },
    });
    const seat = {
      ...person,
      line: company.lines[index]!,
      caller: { ...person.caller, ...idsOf(caller) },
    };
    return personActor(seat, span, random.fork(`seat ${index}`));
  });
}

/** Developers with an agent on the organization's code, through its first account. */
function runAgents(random: Random, company: Company, span: Span): Actor[] {
  const repositories = Array.from({ length: random.whole(1, 3) }, () =>
    makeRepository(random, WORKING),
  );
  const account = company.callers[0]!;
  const caller = { ...account, ...HERON, settings: { temperature: 0, maxTokens: 8192 } };
  return Array.from({ length: random.whole(1, 3) }, (_unused, index) => {
    const own = random.fork(`developer ${index}`);
    const client = own.pick(company.servers);
    const craft = {
      scaffold: HERON,
      repositories: own.sample(repositories, repositories.length),
      voice: makeVoice(own, english),
      rhythm: { ...drawRhythm(own, company.home.offset), ...OFFICE_HOURS },
      daily: own.lognormal(0.6, 0.6),
      steps: 4,
      sit: () => {
        const renewed = renewAddress(own, client);
        return () => ({ caller, client: renewed });
      },
    };
    return { due: () => develop(own, craft, span) };
  });
}

function organizationOf(company: Company): { organization?: string } {
  return company.organization === undefined ? {} : { organization: company.organization };
}

function idsOf({ account, credential, organization }: Caller): Partial<Caller> {
  return { account, credential, ...(organization === undefined ? {} : { organization }) };
}
