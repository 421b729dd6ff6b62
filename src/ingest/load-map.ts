import { z } from "zod";
import { readConfigFile } from "../core/config-file.ts";
import { ALL_DIALECTS } from "./dialects/catalog.ts";
import { type FieldMap, type FieldSource, MAPPED_FIELDS, type MappedField } from "./field-map.ts";

const path = z.string().min(1);
const source = z.union(
  [path, z.array(path).min(1), z.strictObject({ value: z.union([z.string().min(1), z.number()]) })],
  "neither a path, nor a list of paths, nor {value: …}",
);
const names = Object.keys(MAPPED_FIELDS) as MappedField[];
const fieldsShape = z.strictObject(
  Object.fromEntries(names.map((name) => [name, source.optional()])) as Record<
    MappedField,
    z.ZodOptional<typeof source>
  >,
);
const shape = z
  .strictObject({
    dialect: z.enum(ALL_DIALECTS.map(({ name }) => name)).optional(),
    fields: fieldsShape,
  })
  .superRefine(({ dialect, fields }, context) => {
    for (const name of dialect === undefined ? REQUIRED : []) {
      if (fields[name] !== undefined) continue;
      const message = `without \`${name}\`, which every exchange needs`;
      context.addIssue({ code: "custom", path: ["fields"], message });
    }
  });
const REQUIRED = ["id", "time", "account"] as const;

/** Reads a `--map` file. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE, and SW_CONFIG_INVALID with line and key. */
export function loadMap(file: string): FieldMap {
  const read = readConfigFile(file, shape);
  const fields = new Map<MappedField, FieldSource>();
  for (const name of names) {
    const from = read.fields[name];
    if (from !== undefined) fields.set(name, sourceOf(from));
  }
  return { dialect: ALL_DIALECTS.find(({ name }) => name === read.dialect), fields };
}

function sourceOf(from: z.infer<typeof source>): FieldSource {
  if (typeof from === "string") return { paths: [from] };
  return "value" in from ? { value: from.value } : { paths: from };
}
