import type { z } from "zod";

/** The first problem of a refused value in one sentence that names the field and never quotes the value. */
export function fieldProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "not valid";
  const field = issue.path.map(String).join(".");
  const message = issue.message.replace(/^Invalid input: /, "");
  return field === "" ? message : `${field}: ${message}`;
}
