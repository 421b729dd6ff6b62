import type { AttestationRow, HolderRow, Population, Scope } from "./tables.ts";

/** Who asks, as far as it is known. */
export interface Asker {
  readonly account?: string | undefined;
  /** A key's id, never the key. */
  readonly credential?: string | undefined;
  /** An id within the account or its organization. */
  readonly person?: string | undefined;
}

/** Whether a class is a person's. */
export type Standing = "in" | "not_in" | "unknown";

/** Somebody by whose account, organization and own id statements are looked up. */
export interface Holding {
  readonly organization: string | undefined;
  readonly population: Population;
}

/** What was attested, in memory: some 200 bytes a statement. */
export interface Standings {
  /** Takes statements in, in the order of their revisions; later ones replace earlier ones of the same. */
  add(attestations: readonly AttestationRow[], holders: readonly HolderRow[]): void;
  /** Whose an account or credential is; a credential's own line counts before its account's. */
  holderOf(asker: Asker): Holding;
  /** All persons of whom something was ever said, some of them twice. */
  persons(): Iterable<string>;
  /** All credentials of which it was ever said whose they are. */
  credentials(): Iterable<string>;
  /** Whether a class is the asker's at a time, ms since 1970. */
  standing(asker: Asker, { organization }: Holding, name: string, time: number): Standing;
}

type Said = Pick<AttestationRow, "verdict"> & { readonly expires: number };

/**
 * Opens an empty book of statements.
 *
 * What is said of a person counts before what is said of everybody in the account or organization, also when it has run
 * out: nobody is cleared by the rest for lack of news. Where account and organization say different things, the class is
 * the person's. A person's id counts only within the account or organization that it was attested in, so nobody gets
 * another one's clearance by taking the same name elsewhere. What has run out says nothing.
 */
export function openStandings(): Standings {
  const said = new Map<string, Map<string, Map<string, Said>>>();
  const holders = new Map<string, HolderRow>();
  const read = (scope: Scope, name: string | undefined, person: string, about: string) =>
    name === undefined ? undefined : said.get(placeOf(scope, name))?.get(person)?.get(about);
  return {
    add(attestations, lines) {
      for (const { scope, name, person, class: about, verdict, expires } of attestations) {
        const place = within(
          said,
          placeOf(scope, name),
          () => new Map<string, Map<string, Said>>(),
        );
        const of = within(place, person, () => new Map<string, Said>());
        of.set(about, { verdict, expires: Date.parse(expires) });
      }
      for (const line of lines) holders.set(holderKey(line.kind, line.name), line);
    },
    holderOf({ account, credential }) {
      const key =
        credential === undefined ? undefined : holders.get(holderKey("credential", credential));
      const owner = account === undefined ? undefined : holders.get(holderKey("account", account));
      return {
        organization: key?.organization || owner?.organization || undefined,
        population: key?.population ?? owner?.population ?? "customers",
      };
    },
    *persons() {
      for (const place of said.values()) yield* place.keys();
    },
    *credentials() {
      for (const { kind, name } of holders.values()) if (kind === "credential") yield name;
    },
    standing({ account, person }, { organization }, about, time) {
      for (const whom of person === undefined || person === "" ? [""] : [person, ""]) {
        const found = together(
          [read("account", account, whom, about), read("organization", organization, whom, about)],
          time,
        );
        if (found !== undefined) return found;
      }
      return "unknown";
    },
  };
}

/** What several statements say together; undefined where none is made. */
function together(all: readonly (Said | undefined)[], time: number): Standing | undefined {
  let found: Standing | undefined;
  for (const one of all) {
    if (one === undefined || one.verdict === "withdrawn") continue;
    if (one.expires <= time) found ??= "unknown";
    else if (one.verdict === "in") return "in";
    else found = "not_in";
  }
  return found;
}

function placeOf(scope: Scope, name: string): string {
  return `${scope} ${name}`;
}

function holderKey(kind: HolderRow["kind"], name: string): string {
  return `${kind} ${name}`;
}

function within<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
