import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";

/** Files of a data folder, beside the warehouse's, in which the name of one of these accounts stands, sorted. Reads them all; a short name can be found by chance. */
export async function filesNaming(
  dataDir: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const names = accounts.map((account) => Buffer.from(account));
  const found: string[] = [];
  for (const entry of readdirSync(dataDir, { withFileTypes: true }))
    if (entry.isFile() && (await holds(join(dataDir, entry.name), names))) found.push(entry.name);
  return found.toSorted();
}

/** Whether any of these bytes is in a file, also where it lies across two pieces. */
async function holds(path: string, names: readonly Buffer[]): Promise<boolean> {
  const longest = Math.max(...names.map((name) => name.length));
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(path)) {
    const bytes = Buffer.concat([rest, piece as Buffer]);
    if (names.some((name) => bytes.includes(name))) return true;
    rest = bytes.subarray(Math.max(0, bytes.length - longest + 1));
  }
  return false;
}
