import { z } from "zod";
import { describedKeys } from "../core/described-keys.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import { CONFIGURATION_SHAPE } from "./configuration.ts";

/** A configuration file with every key at its default, and what each means and may be in a comment above it. */
export function exampleConfiguration(): string {
  const { signals: _, ...own } = CONFIGURATION_SHAPE.shape;
  const lines = [
    "# Every key may be left out; the value here is what then holds.",
    "",
    ...describedKeys(z.object(own), ""),
    "",
    "signals:",
    ...ALL_SIGNALS.flatMap(({ id, title, parameters }) => {
      const keys = describedKeys(parameters, "    ");
      return keys.length === 0 ? [] : [`  # ${title}`, `  ${id}:`, ...keys];
    }),
  ];
  return `${lines.join("\n")}\n`;
}
