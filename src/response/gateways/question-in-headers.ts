import { StillwatchError } from "../../core/errors.ts";
import type { Asked } from "../decision-table.ts";

/** A request's headers, each with all its values. */
export type GatewayHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/** By which name a gateway tells each part of its question: a header, or a field of its body. */
export type QuestionNames = Readonly<Record<keyof Asked, string>>;

const PARTS = ["account", "credential", "model", "person"] as const satisfies (keyof Asked)[];
/** The header by which a gateway that can't choose its names says which it uses: `account=x-consumer-id, model=x-model`. */
export const NAMES_HEADER = "x-stillwatch-names";
/** How its parts are named where a gateway can choose. */
export const HEADER_NAMES: QuestionNames = {
  account: "x-stillwatch-account",
  credential: "x-stillwatch-credential",
  model: "x-stillwatch-model",
  person: "x-stillwatch-person",
};

/**
 * What a gateway asks by headers. Never a key: an account's or a key's id. One that comes twice is refused: the other may
 * be its caller's. Throws SW_GATEWAY_NAMES, SW_GATEWAY_TWICE, SW_NOBODY_NAMED.
 */
export function questionInHeaders(headers: GatewayHeaders): Asked {
  const names = questionNames(headers, HEADER_NAMES);
  return questionOf((part) => textIn(headers, names[part]));
}

/** A gateway's names: those that `x-stillwatch-names` tells, otherwise these. Throws SW_GATEWAY_NAMES, SW_GATEWAY_TWICE. */
export function questionNames(headers: GatewayHeaders, names: QuestionNames): QuestionNames {
  const told = textIn(headers, NAMES_HEADER);
  if (told === undefined) return names;
  const pairs = told.split(",").map((one) => {
    const [, part = "", name = ""] = /^\s*(\w+)\s*=\s*([\w-]+)\s*$/.exec(one) ?? [];
    if (Object.hasOwn(names, part)) return [part, name.toLowerCase()];
    throw new StillwatchError("SW_GATEWAY_NAMES", { part: one.trim() });
  });
  return { ...names, ...Object.fromEntries(pairs) };
}

/** A question of its parts, without those that say nothing; what is no text in a name stands for itself as U+FFFD, so that it can be written down. Throws SW_NOBODY_NAMED. */
export function questionOf(tell: (part: keyof Asked) => string | undefined): Asked {
  const asked: Asked = Object.fromEntries(
    PARTS.flatMap((part) => {
      const value = tell(part)?.trim().toWellFormed().replaceAll("\0", "\ufffd") ?? "";
      return value === "" ? [] : [[part, value]];
    }),
  );
  if ((asked.account ?? asked.credential ?? asked.person) === undefined)
    throw new StillwatchError("SW_NOBODY_NAMED");
  return asked;
}

/** Node reads the bytes of a header as Latin-1; ids are UTF-8. */
function textIn(headers: GatewayHeaders, name: string): string | undefined {
  const [first, second] = Object.hasOwn(headers, name) ? (headers[name] ?? []) : [];
  if (second !== undefined) throw new StillwatchError("SW_GATEWAY_TWICE", { name });
  return first === undefined ? undefined : Buffer.from(first, "latin1").toString("utf8");
}
