import type { Caller } from "./conversation.ts";
import { drawDevice, drawHome, drawLine, drawServer, enrol, type Enrolment } from "./identity.ts";
import { drawCaller, drawLanguage } from "./person.ts";
import type { Random } from "./random.ts";
import { makeSubject } from "./texts/subject.ts";
import { DAY, type AccountLine, type Client, type Dialect, type Span } from "./world.ts";

/** One account of an operator's pool. */
export interface PoolAccount {
  readonly line: AccountLine;
  readonly caller: Caller;
  readonly device: Pick<Client, "userAgent" | "ja4">;
  /** Lines it has been seen on; a request comes from one of them. */
  readonly lines: readonly Pick<Client, "ip" | "asn" | "country">[];
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
  readonly caller?: (random: Random, index: number) => Partial<Caller>;
  /** Lines an account is seen on, and the share of them that are rented servers rather than homes. */
  readonly linesEach: number;
  readonly servers: number;
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
    const created = Math.min(
      plan.signedBefore,
      random.pick(bursts) + (random.next() - 0.5) * plan.burstDays * DAY,
    );
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
      caller: {
        ...bare,
        dialect,
        stateful: false,
        reasons: false,
        settings: {},
        campaign: plan.campaign,
        ...plan.caller?.(random, index),
      },
      device: drawDevice(random, true),
      lines: Array.from({ length: plan.linesEach }, () =>
        random.chance(plan.servers)
          ? drawServer(random)
          : drawLine(random, drawHome(random, drawLanguage(random).code).country),
      ),
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
