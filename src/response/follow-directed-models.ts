import { setTimeout as wait } from "node:timers/promises";
import { askServer, type DecisionServer } from "./follow-decisions.ts";

/** How models under a directive are followed. */
export interface FollowingModels {
  /** Models that are under one whatever the server says, or while it can't say. */
  readonly fixed: readonly string[];
  /** Hears that the server can't be asked, once until it can. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  readonly stop: AbortSignal;
}

/** Models under a directive: exact names, or beginnings of names with `*` at the end. */
export interface DirectedModels {
  /** Whether a directive may bind a request for it; one whose model isn't known may be for any. */
  covers(model: string | undefined): boolean;
  /** Resolves when the server said for the first time which they are. */
  readonly loaded: Promise<void>;
}

interface InForce {
  readonly directives: readonly { readonly models: readonly string[] }[];
}

/** A new directive is known that soon. */
const EVERY_MS = 1_000;
const ANSWER_MS = 5_000;

/** Asks a server which models are under a directive, again and again until it is stopped; what it said last holds. */
export function followDirectedModels(
  server: DecisionServer,
  { fixed, onFailure, stop }: FollowingModels,
): DirectedModels {
  let names = fixed;
  let failing = false;
  const loaded = Promise.withResolvers<void>();
  const read = async (): Promise<void> => {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(ANSWER_MS)]);
    const headers = { accept: "application/json" };
    const answer = await askServer(server, "/v1/directives/in-force", { headers, signal });
    const { directives } = (await answer.json()) as InForce;
    names = [...fixed, ...directives.flatMap(({ models }) => models)];
    failing = false;
    loaded.resolve();
  };
  const follow = async (): Promise<void> => {
    while (!stop.aborted) {
      await read().catch((error: unknown) => {
        if (!failing && !stop.aborted) onFailure?.(error);
        failing = true;
      });
      await wait(EVERY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  };
  void follow();
  return {
    covers: (model) => names.length > 0 && (model === undefined || names.some(isOf(model))),
    loaded: loaded.promise,
  };
}

function isOf(model: string): (name: string) => boolean {
  return (name) => (name.endsWith("*") ? model.startsWith(name.slice(0, -1)) : name === model);
}
