import { z } from "zod";
import type { KnownGroup } from "../core/assessment.ts";
import { readJsonFile } from "./read-json-file.ts";

const share = z.number().min(0).max(1);

/** Of an earlier result, what is compared. It may have been written by another version: the rest is not looked at. */
const resultShape = z.object({
  groups: z.array(
    z.object({
      id: z.string().min(1),
      assessment: z.string(),
      capabilities: z.record(z.string(), z.object({ share })),
      techniques: z.array(z.object({ id: z.string() })),
      indicators: z.object({
        skeleton: z.array(z.string()),
        hours: z.array(share).length(24),
        pace: z.number().nonnegative(),
      }),
    }),
  ),
});

/** The flagged groups of an earlier result (`--json`). Throws SW_INPUT_UNREADABLE, SW_KNOWN_INVALID. */
export async function loadKnownGroups(file: string): Promise<readonly KnownGroup[]> {
  const { groups } = await readJsonFile(file, resultShape, "SW_KNOWN_INVALID");
  return groups.filter(({ assessment }) => assessment === "campaign");
}
