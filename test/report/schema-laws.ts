import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** A schema page of `docs/schema`, such as `scan-v1`. */
export function readSchema(name: string): SchemaNode {
  const file = new URL(`../../docs/schema/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as SchemaNode;
}

/** What a test looks up in a schema. */
export interface SchemaNode {
  readonly [key: string]: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** A strict validator of one schema page; the others that it refers to are known to it. */
export function validatorOf(name: string, known: readonly string[] = []): ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ },
  });
  for (const other of known) ajv.addSchema(readSchema(other));
  return ajv.compile(readSchema(name));
}

/** Paths of the objects in which the schema accepts a field that nobody knows. */
export function openPlaces(validate: ValidateFunction, value: unknown): readonly string[] {
  return objectPaths(value)
    .filter((path) => {
      const changed = structuredClone(value);
      (at(changed, path) as Record<string, unknown>)["unheard_of"] = 1;
      return validate(changed);
    })
    .map((path) => path.join("."));
}

/** Paths of the fields that the schema could do without. */
export function sparePlaces(validate: ValidateFunction, value: unknown): readonly string[] {
  return objectPaths(value).flatMap((path) =>
    Object.keys(at(value, path) as object)
      .filter((key) => {
        const changed = structuredClone(value);
        delete (at(changed, path) as Record<string, unknown>)[key];
        return validate(changed);
      })
      .map((key) => [...path, key].join(".")),
  );
}

/** Paths of the objects in a value, the first element standing for every one of an array. */
function objectPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : objectPaths(value[0], [...path, "0"]);
  if (typeof value !== "object" || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, one]) => objectPaths(one, [...path, key]))];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string, unknown>)[key], value);
}
