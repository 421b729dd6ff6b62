import { GENERATED } from "./generated.ts";

const PLACEHOLDER = /\{(\w+):([^}]+)\}/g;

/** The page of statements: what each SQL file answers and takes. `statements` maps the path below sql/ to its text. */
export function statementReference(statements: ReadonlyMap<string, string>): string {
  const folders = [...new Set([...statements.keys()].map((path) => path.split("/")[0] ?? ""))];
  const parts = folders.map((folder) => {
    const own = [...statements].filter(([path]) => path.startsWith(`${folder}/`));
    return [`## ${folder}`, "", ...own.map(([path, text]) => entry(path, text))].join("\n");
  });
  return [
    GENERATED,
    "# Statements",
    "",
    "Every SQL statement that the warehouse runs, one a file below `sql/`: the question it answers, the grain of a row, its cost and its parameters.",
    "",
    `${parts.join("\n\n")}\n`,
  ].join("\n");
}

function entry(path: string, text: string): string {
  const name = path.split("/").slice(1).join("/");
  const about = /^(?:--[^\n]*\n)+/.exec(text)?.[0] ?? "";
  const prose = about.replace(/^-- ?/gm, "").trim().replace(/\s+/g, " ");
  const parameters = new Set(
    [...text.matchAll(PLACEHOLDER)].map(([, key, type]) => `${key}: ${type}`),
  );
  const takes = [...parameters].map((parameter) => `\`${parameter}\``).join(", ");
  return `- **${name}**: ${prose}${takes === "" ? "" : ` Takes ${takes}.`}`;
}
