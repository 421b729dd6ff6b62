import type { Random } from "../random.ts";
import { DAY, HOUR, type Part, type Span } from "../world.ts";
import { agentUsers } from "./agent-users.ts";
import { appUsers } from "./app-users.ts";
import { benchmarkHarness } from "./benchmark-harness.ts";
import { companyBatch } from "./company-batch.ts";
import { officeNetwork } from "./office-network.ts";
import { reseller } from "./reseller.ts";
import { keyRotation, onePersonTwoAccounts } from "./two-accounts.ts";
import { universityClass } from "./university-class.ts";
import { viralPrompt } from "./viral-prompt.ts";

/** Where a look-alike is put: the world's window, the id of its truth, and its size (1 is some tens of accounts). */
export interface LookalikePlace {
  readonly span: Span;
  readonly id: string;
  readonly scale: number;
}

/** Makes one family of legitimate look-alikes. */
export interface LookalikeMaker {
  readonly family: string;
  make(random: Random, place: LookalikePlace): Part;
}

/** Every family of legitimate look-alikes, in the order of the tables. */
export const LOOKALIKES: readonly LookalikeMaker[] = [
  {
    family: "company batch through one template",
    make: (random, { span, id, scale }) =>
      companyBatch(random, { span, id, accounts: of(6, scale), perDay: 90, declared: true }),
  },
  {
    family: "undeclared company of one owner",
    make: (random, { span, id, scale }) =>
      companyBatch(random, { span, id, accounts: of(6, scale), perDay: 90, declared: false }),
  },
  {
    family: "open-source agent with one scaffolding",
    make: (random, { span, id, scale }) => agentUsers(random, { span, id, people: of(60, scale) }),
  },
  {
    family: "app that writes its users' prompts",
    make: (random, { span, id, scale }) => appUsers(random, { span, id, people: of(60, scale) }),
  },
  {
    family: "benchmark harness",
    make: (random, { span, id, scale }) =>
      benchmarkHarness(random, {
        span,
        id,
        evaluators: of(8, scale),
        questions: of(200, scale),
        stopped: 0,
      }),
  },
  {
    family: "university class with one sheet",
    make: (random, { span, id, scale }) =>
      universityClass(random, {
        span,
        id,
        students: of(60, scale),
        dueAt: along(span, 0.7) + 6 * HOUR,
      }),
  },
  {
    family: "viral prompt",
    make: (random, { span, id, scale }) =>
      viralPrompt(random, { span, id, people: of(80, scale), peak: along(span, 0.5) }),
  },
  {
    family: "reseller with end users",
    make: (random, { span, id, scale }) =>
      reseller(random, { span, id, accounts: of(16, scale), usersEach: 6 }),
  },
  {
    family: "office behind one address",
    make: (random, { span, id, scale }) =>
      officeNetwork(random, { span, id, people: of(40, scale) }),
  },
  {
    family: "one person on two accounts",
    make: (random, { span, id, scale }) =>
      onePersonTwoAccounts(random, { span, id, people: of(10, scale) }),
  },
  {
    family: "key rotation",
    make: (random, { span, id, scale }) =>
      keyRotation(random, { span, id, customers: of(10, scale) }),
  },
];

function of(count: number, scale: number): number {
  return Math.max(2, Math.round(count * scale));
}

/** A day's start near the given share of the window. */
function along(span: Span, share: number): number {
  const time = span.from + share * (span.until - span.from);
  return Math.min(span.until - HOUR, Math.floor(time / DAY) * DAY);
}
