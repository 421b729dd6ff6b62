import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DescribedSignal } from "./signal-header.ts";

/** Imports every module of a folder and returns the signals they export, ordered by id. */
export async function readSignals(folder: string): Promise<readonly DescribedSignal[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const modules = await Promise.all(
    files.map(async (file) => Object.values(await importFrom(join(folder, file)))),
  );
  const byId = new Map(
    modules
      .flat()
      .filter(isSignal)
      .map((signal) => [signal.id, signal]),
  );
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function importFrom(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
}

function isSignal(value: unknown): value is DescribedSignal {
  const wanted = ["id", "title", "axis", "channel", "falsePositives", "blindSpots", "parameters"];
  return typeof value === "object" && value !== null && wanted.every((key) => key in value);
}
