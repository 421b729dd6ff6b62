import { type InstallationSecret, sipKeyOf } from "../../ingest/installation-secret.ts";
import type { DirectiveStore } from "../../ledger/directives/open-directives.ts";
import { type Directive, readDirective } from "../../ledger/directives/read-directives.ts";
import { newestRevision, readStatements } from "../../ledger/directives/read-standings.ts";
import { type Holding, openStandings, type Standings } from "../../ledger/directives/standings.ts";
import type { Population } from "../../ledger/directives/tables.ts";
import { pieces } from "../../ledger/pieces.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import {
  keyedNames,
  latestTime,
  modelAskers,
  modelsAsked,
} from "../../warehouse/statements.gen.ts";
import { type Restriction, restrictionOf } from "./restriction-of.ts";

/** Somebody who would be turned away. */
export interface Loses {
  readonly account: string;
  /** Null where nobody said whose the account is. */
  readonly organization: string | null;
  readonly population: Population;
  /** Null: end users of the account of whom nothing is attested, and requests that named nobody. */
  readonly person: string | null;
  /** How many end users that is; 0 where none was named. */
  readonly persons: number;
  readonly why: "in" | "unknown";
  readonly action: "deny" | "verify";
  readonly exchanges: number;
  readonly models: Readonly<Record<string, number>>;
}

/** What a directive would do, by the traffic of late. */
export interface DryRun {
  readonly directive: string;
  /** The days looked at, UTC, both included; null where there is no traffic. */
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number;
  /** All models that were asked, so that a name in use that the directive misses is seen. */
  readonly models: readonly {
    readonly model: string;
    readonly covered: boolean;
    readonly exchanges: number;
  }[];
  /** The heaviest first. */
  readonly loses: readonly Loses[];
  /** Exchanges of those who keep access, by why. */
  readonly keep: Readonly<Record<Kept, number>>;
}

type Kept = "not_in" | "unknown" | "exempt" | "outside";
type Asker = RowOf<typeof modelAskers>;

/** Where the traffic is. */
export interface Traffic {
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
}

const DAYS = 30;
const DAY_MS = 86_400_000;
/** The hash where no end user was named. */
const NOBODY = "0";

/**
 * Says who would lose access to what by a directive as it stands, draft or not, by the traffic's last 30 days and what is
 * attested now. Nothing is changed. Throws SW_DIRECTIVE_UNKNOWN and the warehouse's errors.
 */
export async function dryRun(
  store: DirectiveStore,
  number: number,
  traffic: Traffic,
): Promise<DryRun> {
  const directive = await readDirective(store, number);
  const restriction = restrictionOf(directive);
  const { directive: id } = restriction.notice;
  const { warehouse } = traffic;
  const [last] = await warehouse.rows(latestTime, {});
  const latest = (last?.latest ?? 0) * 1_000;
  const span = { from: dateOf(latest - (DAYS - 1) * DAY_MS), to: dateOf(latest) };
  const asked = latest === 0 ? [] : await warehouse.rows(modelsAsked, span);
  const models = asked.map(({ name, exchanges }) => ({
    model: name,
    covered: restriction.covers(name),
    exchanges: Number(exchanges),
  }));
  const covered = models.flatMap(({ model, covered: is }) => (is ? [model] : []));
  const askers =
    covered.length === 0 ? [] : await warehouse.rows(modelAskers, { ...span, models: covered });
  const standings = openStandings();
  const upTo = await newestRevision(store);
  const { attestations, holders } = await readStatements(store, { after: 0, upTo });
  standings.add(attestations, holders);
  const names = await namesOf(standings, directive, traffic);
  const time = store.now().getTime();
  const { loses, keep } = sortOut(askers, { restriction, standings, names, time });
  const [first] = asked.map((model) => model.first).toSorted();
  const days = first === undefined ? 0 : (Date.parse(span.to) - Date.parse(first)) / DAY_MS + 1;
  return {
    directive: id,
    from: first ?? null,
    to: first === undefined ? null : span.to,
    days,
    models,
    loses,
    keep,
  };
}

interface Sorting {
  readonly restriction: Restriction;
  readonly standings: Standings;
  readonly names: Names;
  readonly time: number;
}

interface Losing extends Omit<Loses, "persons" | "exchanges" | "models"> {
  readonly users: Set<string>;
  readonly models: Map<string, number>;
}

/** Asks the directive of everybody as it would be asked of a request of theirs. */
function sortOut(
  askers: readonly Asker[],
  { restriction, standings, names, time }: Sorting,
): Pick<DryRun, "loses" | "keep"> {
  const losing = new Map<string, Losing>();
  const keep: Record<Kept, number> = { not_in: 0, unknown: 0, exempt: 0, outside: 0 };
  for (const row of askers) {
    const exchanges = Number(row.exchanges);
    const person = names.persons.get(row.end_user);
    const credential = names.credentials.get(row.credential);
    const asked = {
      account: row.account,
      ...(person && { person }),
      ...(credential && { credential }),
    };
    const holding = standings.holderOf(asked);
    const seen = restriction.seen({ asked, holding, standings, time });
    const refused = restriction.actOn(seen);
    if (refused === undefined) {
      if (seen !== "in") keep[seen] += exchanges;
      continue;
    }
    const key = JSON.stringify([row.account, person, seen, holding]);
    const one =
      losing.get(key) ??
      begin(row.account, person, holding, {
        why: refused.why,
        action: refused.decision.action === "verify" ? "verify" : "deny",
      });
    losing.set(key, one);
    one.models.set(row.name, (one.models.get(row.name) ?? 0) + exchanges);
    if (row.end_user !== NOBODY) one.users.add(row.end_user);
  }
  const loses = [...losing.values()].map(({ users, models, ...one }): Loses => ({
    ...one,
    persons: users.size,
    exchanges: [...models.values()].reduce((sum, count) => sum + count, 0),
    models: Object.fromEntries(models),
  }));
  return { loses: loses.toSorted((a, b) => b.exchanges - a.exchanges), keep };
}

function begin(
  account: string,
  person: string | undefined,
  { organization, population }: Holding,
  how: Pick<Loses, "why" | "action">,
): Losing {
  return {
    account,
    organization: organization ?? null,
    population,
    person: person ?? null,
    ...how,
    users: new Set(),
    models: new Map(),
  };
}

/** Names by the hashes that the warehouse holds in their place. */
interface Names {
  readonly persons: ReadonlyMap<string, string>;
  readonly credentials: ReadonlyMap<string, string>;
}

async function namesOf(
  standings: Standings,
  { exemptions }: Directive,
  traffic: Traffic,
): Promise<Names> {
  const exempt = exemptions.map(({ person }) => person);
  return {
    persons: await byHash("end_user", [...standings.persons(), ...exempt], traffic),
    credentials: await byHash("credential", standings.credentials(), traffic),
  };
}

async function byHash(
  kind: "end_user" | "credential",
  names: Iterable<string>,
  { warehouse, secret }: Traffic,
): Promise<ReadonlyMap<string, string>> {
  const named = new Map<string, string>();
  const all = [...new Set(names)].filter((name) => name !== "");
  for (const some of pieces(all)) {
    const rows = await warehouse.rows(keyedNames, { ...sipKeyOf(secret), kind, names: some });
    for (const { name, hash } of rows) named.set(hash, name);
  }
  return named;
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
