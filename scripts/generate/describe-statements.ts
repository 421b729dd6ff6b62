import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";
import type { SqlFile } from "./read-sql-files.ts";
import { exampleValue } from "./typescript-type.ts";

/** A column of a statement's answer. */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * Asks the embedded engine for the columns of every SELECT, after applying the schema to an empty database; other
 * statements have none and are missing from the map. Throws the engine's error, with the file's name, when a statement is wrong.
 */
export function describeStatements(
  schema: readonly SqlFile[],
  statements: readonly SqlFile[],
): ReadonlyMap<string, readonly Column[]> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-generate-"));
  const session = new Session(join(folder, "data"));
  try {
    const file = join(folder, "example.parquet");
    session.query(`INSERT INTO FUNCTION file('${file}', 'Parquet') SELECT 'x' AS id`);
    for (const migration of schema) run(session, migration, migration.text);
    const described = new Map<string, readonly Column[]>();
    for (const statement of statements)
      if (isSelect(statement.text))
        described.set(statement.name, describe(session, statement, file));
    return described;
  } finally {
    session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe(session: Session, statement: SqlFile, file: string): readonly Column[] {
  for (const [name, type] of statement.parameters) {
    const value = statement.examples.get(name) ?? (name === "path" ? file : exampleValue(type));
    session.query(`SET param_${name} = '${value.replace(/[\\']/g, "\\$&")}'`);
  }
  const text = statement.text.trim().replace(/;$/, "");
  const answer = run(session, statement, `DESCRIBE (\n${text}\n) FORMAT JSONEachRow`);
  return answer
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Column);
}

function run(session: Session, { file }: SqlFile, text: string): string {
  try {
    return session.query(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`${file}: ${said.replace(/^Query failed: /, "")}`, { cause: error });
  }
}

function isSelect(text: string): boolean {
  return /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:SELECT|WITH|\()/i.test(text);
}
