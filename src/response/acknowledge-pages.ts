import { askServer, type DecisionServer } from "./follow-decisions.ts";

/** Who says how far a table of decisions is. */
export interface Acknowledging extends DecisionServer {
  /** The gateway's name, one of its token's own; without it nothing is said. */
  readonly gateway?: string | undefined;
  readonly now: () => Date;
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

const EVERY_MS = 60_000;
const TELL_MS = 5_000;

/** Takes the number of each page that was applied, and tells the server: at once where it grew, and once a minute. */
export function acknowledgePages(options: Acknowledging): (sequence: number) => void {
  const { gateway, now, onFailure } = options;
  let told = { sequence: -1, at: 0 };
  if (gateway === undefined) return () => {};
  return (sequence) => {
    const at = now().getTime();
    if (sequence === told.sequence && at - told.at < EVERY_MS) return;
    told = { sequence, at };
    askServer(options, "/v1/decisions/acknowledgements", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ gateway, sequence }),
      signal: AbortSignal.timeout(TELL_MS),
    })
      .then((answer) => answer.arrayBuffer())
      .catch((error: unknown) => {
        told = { sequence: -1, at: 0 };
        onFailure?.(error);
      });
  };
}
