import { GENERATED } from "./generated.ts";

interface ErrorEntry {
  readonly message: string;
  readonly status: number;
}

/** The page of errors: code, HTTP status and message of each, in the table's order. */
export function errorReference(errors: Readonly<Record<string, ErrorEntry>>): string {
  const sections = Object.entries(errors).map(
    ([code, { message, status }]) => `## ${code}\n\nHTTP ${status}.\n\n> ${message}\n`,
  );
  return [
    GENERATED,
    "# Errors",
    "",
    "Every error that Stillwatch raises on purpose. What stands in braces is filled in. Codes are never reused.",
    "",
    sections.join("\n"),
  ].join("\n");
}
