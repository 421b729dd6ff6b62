import type { MigrationTarget } from "./migrate.ts";

/** A piece of a table that stands aside: its rows count no more, its files stay in the data folder. */
export interface SetAsidePart {
  readonly table: string;
  readonly part: string;
}

const TABLES =
  "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' ORDER BY name";
const CHECK = "CHECK TABLE {table:Identifier} SETTINGS check_query_single_value_result = 0";
const DETACH = "ALTER TABLE {table:Identifier} DETACH PART {part:String}";
const ASIDE = `SELECT table, name FROM system.detached_parts WHERE database = currentDatabase() ORDER BY table, name`;

/**
 * Looks through all tables and sets aside every part whose checksums are wrong, so that the rest can be read again.
 * Cost: reads all that is kept.
 */
export async function setAsideDamaged(target: MigrationTarget): Promise<void> {
  for (const { name: table } of await target.ask("tables", TABLES)) {
    for (const checked of await target.ask("check of a table", CHECK, { table })) {
      const part = checked["part_path"];
      if (Number(checked["is_passed"]) === 1) continue;
      await target.command("setting a part aside", DETACH, { table, part });
    }
  }
}

/** All parts that stand aside: set aside by us, or by the engine when it started. */
export async function partsAside(target: MigrationTarget): Promise<readonly SetAsidePart[]> {
  const rows = await target.ask("parts set aside", ASIDE);
  return rows.map(({ table, name }) => ({ table: String(table), part: String(name) }));
}
