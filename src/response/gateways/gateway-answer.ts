import type { Decision } from "../decision-table.ts";

/** What a gateway is answered over HTTP. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * A decision in headers, which a gateway may pass on to what stands behind it: `x-stillwatch-action` always, the rest
 * where there is something to say. The same names in every gateway.
 */
export function decisionHeaders(decision: Decision): Readonly<Record<string, string>> {
  const { action, reason, case: about, directive, expires } = decision;
  const told = { action, reason, case: about, directive, expires };
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [[`x-stillwatch-${name}`, value]],
    ),
  );
}

/** What the caller of a refused request is told: the code, and what to name when asking about it. */
export function refusalOf({ reason, case: about, directive }: Decision): string {
  const named = about ?? directive;
  const ask = named === null ? "" : ` Name ${named} when you ask about it.`;
  return `This request was refused (${reason}).${ask}`;
}
