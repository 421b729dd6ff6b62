import { drawDevice, drawServer, enrol } from "../identity.ts";
import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { DAY, type Actor, type Part, type Span } from "../world.ts";
import { gather } from "./gather.ts";

/** A declared reseller: accounts under one parent, paid by one card and reached from its servers, each carrying several end users with subjects of their own. */
export function reseller(
  random: Random,
  options: {
    readonly span: Span;
    readonly id: string;
    readonly accounts: number;
    readonly usersEach: number;
  },
): Part {
  const home = { country: "SG", offset: 8 };
  const payment = `pay_${random.hex(16)}`;
  const parent = enrol(random, {
    home,
    span: options.span,
    created: options.span.from - (600 + random.next()) * DAY,
    plan: "team",
    payment,
    mail: "brightrelay.example",
    verification: "identity",
  });
  const server = { ...drawServer(random), ...drawDevice(random, true) };
  const lines = Array.from({ length: options.accounts }, () =>
    enrol(random, {
      home,
      span: options.span,
      created: options.span.from - (10 + 490 * random.next()) * DAY,
      plan: "team",
      payment,
      mail: "brightrelay.example",
      parent: parent.account,
      verification: "identity",
    }),
  );
  const actors: Actor[] = lines.flatMap((line) => {
    const credential = `key_${random.token(12)}`;
    return Array.from({ length: random.whole(1, options.usersEach) }, () => {
      const drawn = makePerson(random, { span: options.span, client: server });
      const endUser = random.chance(0.7) ? { endUser: `u_${random.token(12)}` } : {};
      const caller = {
        ...drawn.caller,
        account: line.account,
        credential,
        platform: "aggregator",
        ...endUser,
      };
      return personActor({ ...drawn, line, caller }, options.span, random.fork(drawn.line.account));
    });
  });
  return gather({
    id: options.id,
    family: "reseller with end users",
    lines,
    actors,
    silent: [parent],
  });
}
