import { rmSync } from "node:fs";
import { afterEach } from "vitest";
import type { Counsel } from "../../src/ledger/directives/counsel.ts";
import {
  type DirectiveStore,
  openDirectives,
} from "../../src/ledger/directives/open-directives.ts";
import {
  type Draft,
  draftDirective,
  enforceDirective,
} from "../../src/ledger/directives/set-directives.ts";
import type { Attestation, Holder } from "../../src/ledger/directives/attest.ts";
import { ledgerFolder } from "./ledger-bench.ts";

/** Counsel of the tests. */
export const CLEO: Counsel = { actor: "user:cleo" };

/** One place: stores opened on it see each other, go by the test's clock, and are closed when the test ends. */
export interface DirectivePlace {
  readonly dataDir: string;
  readonly open: (now?: () => Date) => Promise<DirectiveStore>;
}

/** Makes places in new folders; with `database`, in what it makes. */
export function directiveBench(database?: () => Promise<string>): () => Promise<DirectivePlace> {
  const opened: DirectiveStore[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  return async () => {
    const dataDir = ledgerFolder();
    folders.push(dataDir);
    const url = await database?.();
    return {
      dataDir,
      async open(now = () => new Date(0)) {
        const store = await openDirectives({ dataDir, url, now });
        opened.push(store);
        return store;
      },
    };
  };
}

/** A draft that denies one model to one class, with changes. */
export function draft(changes: Partial<Draft> = {}): Draft {
  return {
    class: "restricted_person",
    models: ["orion-4"],
    populations: ["customers", "staff", "tools"],
    unknowns: "verify",
    words: "By order 12/26 this model is suspended for restricted persons.",
    remedy: "Have your organization attest your class.",
    by: CLEO,
    ...changes,
  };
}

/** Drafts a directive and puts it in force; answers its number. */
export async function inForce(
  store: DirectiveStore,
  changes: Partial<Draft> = {},
): Promise<number> {
  const number = await draftDirective(store, draft(changes));
  await enforceDirective(store, { number, by: CLEO });
  return number;
}

/** What is said of one person of `acct_1`, with changes. */
export function attested(changes: Partial<Attestation> = {}): Attestation {
  return {
    scope: "account",
    name: "acct_1",
    person: "ana",
    class: "restricted_person",
    verdict: "in",
    method: "passport",
    expires: "2027-01-01T00:00:00.000Z",
    ...changes,
  };
}

/** Whose an account is, with changes. */
export function held(changes: Partial<Holder> = {}): Holder {
  return {
    kind: "account",
    name: "acct_1",
    organization: "org_1",
    population: "customers",
    ...changes,
  };
}
