import type { Random } from "../random.ts";
import { DAY, HOUR, type Part, type Span } from "../world.ts";
import { agentUsers } from "./agent-users.ts";
import { aggregator } from "./aggregator.ts";
import { appUsers } from "./app-users.ts";
import { benchmarkHarness } from "./benchmark-harness.ts";
import { carrierNetwork } from "./carrier-network.ts";
import { ciKeys } from "./ci-keys.ts";
import { companyBatch } from "./company-batch.ts";
import { flatPlans } from "./flat-plans.ts";
import { gradingTeams } from "./grading-teams.ts";
import { keyRotation } from "./key-rotation.ts";
import { migration } from "./migration.ts";
import { officeNetwork } from "./office-network.ts";
import { reseller } from "./reseller.ts";
import { sharedPool } from "./shared-pool.ts";
import { syntheticData } from "./synthetic-data.ts";
import { translationAgency } from "./translation-agency.ts";
import { onePersonTwoProducts } from "./two-products.ts";
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
      companyBatch(random, { span, id, accounts: few(6, scale), perDay: 90, declared: true }),
  },
  {
    family: "undeclared company of one owner",
    make: (random, { span, id, scale }) =>
      companyBatch(random, { span, id, accounts: few(6, scale), perDay: 90, declared: false }),
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
    family: "benchmark harness on release day",
    make: (random, { span, id, scale }) =>
      benchmarkHarness(random, {
        span,
        id,
        family: "benchmark harness on release day",
        evaluators: few(10, scale),
        questions: of(200, scale),
        stopped: 0,
        release: along(span, 0.4),
      }),
  },
  {
    family: "benchmark harness stopped half-way",
    make: (random, { span, id, scale }) => {
      const evaluators = few(10, scale);
      return benchmarkHarness(random, {
        span,
        id,
        family: "benchmark harness stopped half-way",
        evaluators,
        questions: of(200, scale),
        stopped: evaluators,
      });
    },
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
    family: "aggregator",
    make: (random, { span, id, scale }) =>
      aggregator(random, { span, id, accounts: few(6, scale), users: of(60, scale) }),
  },
  {
    family: "CI keys",
    make: (random, { span, id, scale }) =>
      ciKeys(random, { span, id, customers: few(14, scale), commits: 2 }),
  },
  {
    family: "office behind one address",
    make: (random, { span, id, scale }) =>
      officeNetwork(random, { span, id, people: of(40, scale) }),
  },
  {
    family: "carrier network behind one address block",
    make: (random, { span, id, scale }) =>
      carrierNetwork(random, { span, id, people: of(60, scale) }),
  },
  {
    family: "synthetic-data customer with an agreement",
    make: (random, { span, id, scale }) =>
      syntheticData(random, { span, id, accounts: few(8, scale), perDay: 40 }),
  },
  {
    family: "evaluation team that grades",
    make: (random, { span, id, scale }) =>
      gradingTeams(random, { span, id, teams: 4, seats: few(5, scale), perDay: 12 }),
  },
  {
    family: "translation agency",
    make: (random, { span, id, scale }) =>
      translationAgency(random, { span, id, translators: few(12, scale), daily: 2.5 }),
  },
  {
    family: "migration from another provider at once",
    make: (random, { span, id, scale }) =>
      migration(random, { span, id, customers: of(40, scale), at: along(span, 0.3) }),
  },
  {
    family: "power users on flat plans",
    make: (random, { span, id, scale }) =>
      flatPlans(random, { span, id, people: of(24, scale), allowance: 30 }),
  },
  {
    family: "developers sharing one account pool",
    make: (random, { span, id, scale }) =>
      sharedPool(random, { span, id, accounts: few(8, scale), developers: of(16, scale) }),
  },
  {
    family: "key rotation",
    make: (random, { span, id, scale }) =>
      keyRotation(random, { span, id, customers: of(10, scale) }),
  },
  {
    family: "one person on two products",
    make: (random, { span, id, scale }) =>
      onePersonTwoProducts(random, { span, id, people: of(12, scale) }),
  },
];

/** A count that is small already, and shrinks less: three accounts at least. */
function few(count: number, scale: number): number {
  return Math.max(3, Math.round(count * Math.sqrt(scale)));
}

function of(count: number, scale: number): number {
  return Math.max(2, Math.round(count * scale));
}

/** A day's start near the given share of the window. */
function along(span: Span, share: number): number {
  const time = span.from + share * (span.until - span.from);
  return Math.min(span.until - HOUR, Math.floor(time / DAY) * DAY);
}
