import type { Caller } from "./conversation.ts";
import {
  drawDevice,
  drawHome,
  drawLine,
  drawServer,
  enrol,
  type Enrolment,
  type Home,
} from "./identity.ts";
import { drawCaller, drawLanguage } from "./person.ts";
import type { Random } from "./random.ts";
import type { Language } from "./texts/language.ts";
import { makeSubject } from "./texts/subject.ts";
import { DAY, type AccountLine, type Client, type Dialect, type Span } from "./world.ts";

/** What the network shows of a line. */
export type Line = Pick<Client, "ip" | "asn" | "country">;

/** One account of an operator's pool. */
export interface PoolAccount {
  readonly line: AccountLine;
  readonly home: Home;
  readonly language: Language;
  readonly caller: Caller;
  readonly device: Pick<Client, "userAgent" | "ja4">;
  /** Lines it has been seen on; a request comes from one of them. */
  readonly lines: readonly Line[];
}

/** How a pool was got together. */
export interface PoolPlan {
  readonly size: number;
  readonly span: Span;
  readonly dialects: readonly Dialect[];
  readonly campaign: string;
  /** Sign-ups came in this many bursts, within `burstDays` each. */
  readonly bursts: number;
  readonly burstDays: number;
  /** Latest and earliest sign-up, in days before `signedBefore`. */
  readonly ageDays: readonly [number, number];
  readonly signedBefore: number;
  readonly enrolment?: (random: Random, index: number) => Partial<Enrolment>;
  /** What the operator's software fixes; `drawn` is what the account's own would send. */
  readonly caller?: (random: Random, index: number, drawn: Caller) => Partial<Caller>;
  /** The account's device; any program's where absent. */
  readonly device?: (random: Random) => PoolAccount["device"];
  /** Lines an account is seen on. */
  readonly lines: (random: Random, home: Home) => readonly Line[];
}

/** `each` lines anywhere, a `servers` share of them rented servers. */
export function scatteredLines(each: number, servers: number): (random: Random) => Line[] {
  return (random) =>
    Array.from({ length: each }, () =>
      random.chance(servers)
        ? drawServer(random)
        : drawLine(random, drawHome(random, drawLanguage(random).code).country),
    );
}

/** Draws a pool of accounts that look like anybody's one by one. */
export function makePool(random: Random, plan: PoolPlan): PoolAccount[] {
  const [least, most] = plan.ageDays;
  const bursts = Array.from(
    { length: plan.bursts },
    () => plan.signedBefore - (least + random.next() * (most - least)) * DAY,
  );
  return Array.from({ length: plan.size }, (_unused, index) => {
    const language = drawLanguage(random);
    const home = drawHome(random, language.code);
    const near = random.pick(bursts) + (random.next() - 0.5) * plan.burstDays * DAY;
    const created = plan.signedBefore - Math.abs(plan.signedBefore - near);
    const line = enrol(random, {
      home,
      span: plan.span,
      created,
      plan: random.weighted([
        ["payg", 4],
        ["pro", 2],
        ["free", 1],
      ] as const),
      ...plan.enrolment?.(random, index),
    });
    const drawn = drawCaller(random, line, makeSubject(random, language));
    const { system: _system, ...bare } = drawn;
    const dialect = random.pick(plan.dialects);
    return {
      line,
      home,
      language,
      caller: {
        ...bare,
        dialect,
        stateful: false,
        reasons: false,
        settings: {},
        campaign: plan.campaign,
        ...plan.caller?.(random, index, drawn),
      },
      device: plan.device?.(random) ?? drawDevice(random, true),
      lines: plan.lines(random, home),
    };
  });
}

/** The client of one request. */
export function poolClient(random: Random, account: PoolAccount): Client {
  const line = random.pick(account.lines);
  return { ...line, ip: line.ip.replace(/\d+$/, String(random.whole(1, 254))), ...account.device };
}

/** The account's line from the time it was suspended. */
export function suspend(line: AccountLine, time: number): AccountLine {
  const at = new Date(time).toISOString();
  return { ...line, time: at, status: "suspended", suspended: at };
}
