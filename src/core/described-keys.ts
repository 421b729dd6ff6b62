import { z } from "zod";

/** The keys of a shape as lines of YAML, each at its default or at the value given, with what it means and may be in a comment above it. */
export function describedKeys(
  shape: z.ZodType,
  indent: string,
  values: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const { properties = {} } = z.toJSONSchema(shape, { unrepresentable: "any" });
  return Object.entries(properties).flatMap(([key, value]) => {
    if (typeof value !== "object") return [];
    const limits = limitsOf(value);
    return [
      `${indent}# ${value.description ?? key}${limits === "" ? "" : ` (${limits})`}.`,
      `${indent}${key}: ${JSON.stringify(values[key] ?? value.default)}`,
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
