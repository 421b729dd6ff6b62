import { join } from "node:path";
import { readCsv } from "../eval-real/read-tables.ts";
import type { Share } from "./co-sharing.ts";

/** Where the shares stand below the folder of real material, and in which columns. */
export const SHARES_FILE = join("coordination", "coortweet", "russian_coord_tweets.csv");

/** Reads the shares under `root`, in order of time. Throws what the file system says where they are absent. */
export async function loadShares(root: string): Promise<Share[]> {
  const rows = await readCsv(join(root, SHARES_FILE));
  return rows
    .map((row) => ({
      object: row["object_id"] ?? "",
      account: row["account_id"] ?? "",
      time: Number(row["timestamp_share"]),
    }))
    .toSorted((a, b) => a.time - b.time);
}
