import { z } from "zod";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import { CONFIGURATION_SHAPE } from "./configuration.ts";

/** A configuration file with every key at its default, and what each means and may be in a comment above it. */
export function exampleConfiguration(): string {
  const { signals: _, ...own } = CONFIGURATION_SHAPE.shape;
  const lines = [
    "# Every key may be left out; the value here is what then holds.",
    "",
    ...described(z.object(own), ""),
    "",
    "signals:",
    ...ALL_SIGNALS.flatMap(({ id, title, parameters }) => {
      const keys = described(parameters, "    ");
      return keys.length === 0 ? [] : [`  # ${title}`, `  ${id}:`, ...keys];
    }),
  ];
  return `${lines.join("\n")}\n`;
}

function described(shape: z.ZodType, indent: string): readonly string[] {
  const { properties = {} } = z.toJSONSchema(shape, { unrepresentable: "any" });
  return Object.entries(properties).flatMap(([key, value]) => {
    if (typeof value !== "object") return [];
    const limits = limitsOf(value);
    return [
      `${indent}# ${value.description ?? key}${limits === "" ? "" : ` (${limits})`}.`,
      `${indent}${key}: ${JSON.stringify(value.default)}`,
    ];
  });
}

/** `0 to 1`, `at least 2`, `above 0, at most 0.5`; empty where any number will do. */
function limitsOf(value: z.core.JSONSchema.JSONSchema): string {
  const { minimum: least, exclusiveMinimum: above } = value;
  const most = value.maximum === Number.MAX_SAFE_INTEGER ? undefined : value.maximum;
  if (least !== undefined && most !== undefined && least > Number.MIN_SAFE_INTEGER) {
    return `${least} to ${most}`;
  }
  const limits = [
    least === undefined || least === Number.MIN_SAFE_INTEGER ? "" : `at least ${least}`,
    above === undefined ? "" : `above ${above}`,
    most === undefined ? "" : `at most ${most}`,
  ];
  return limits.filter((limit) => limit !== "").join(", ");
}
