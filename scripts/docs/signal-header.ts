import { z } from "zod";
import type { SignalMetadata } from "../../src/signals/signal.ts";

/** What a signal says of itself, with its parameters: a zod object, each defaulted and described. */
export interface DescribedSignal extends SignalMetadata {
  readonly parameters: z.ZodType;
}

const START = "<!-- Generated from the signal's metadata by npm run generate: do not edit. -->";
const END = "<!-- End of the generated part. -->";

/** A signal's page with its generated part brought up to date; what stands below that part is kept. */
export function withSignalHeader(page: string, signal: DescribedSignal): string {
  const end = page.indexOf(END);
  const rest = end === -1 ? page.trim() : page.slice(end + END.length).trim();
  return `${signalHeader(signal)}\n\n${rest}\n`;
}

function signalHeader(signal: DescribedSignal): string {
  return [
    START,
    "",
    `# ${signal.title}`,
    "",
    `\`${signal.id}\` · axis: ${signal.axis} · channel: ${signal.channel}${signal.describes === true ? " · told, never weighed" : ""}`,
    "",
    signal.summary,
    "",
    `Blind without: ${signal.needs}.`,
    "",
    ...section("Legitimate look-alikes", bullets(signal.falsePositives)),
    ...section("Blind spots", bullets(signal.blindSpots)),
    ...section("Parameters", parameterRows(signal.parameters)),
    ...section("References", bullets(signal.references.map(linked))),
    END,
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}

function bullets(items: readonly string[]): readonly string[] {
  return items.map((item) => `- ${item}`);
}

interface JsonSchema {
  readonly properties?: Readonly<
    Record<string, { readonly default?: unknown; readonly description?: string }>
  >;
}

function parameterRows(parameters: z.ZodType): readonly string[] {
  const schema = z.toJSONSchema(parameters, { io: "input" }) as JsonSchema;
  return Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `- \`${name}\` (default ${JSON.stringify(property.default)}): ${property.description ?? ""}`,
  );
}

/** `evidence.md §8` in a reference becomes a link to that page. */
function linked(reference: string): string {
  return reference.replace(/\bevidence\.md (§\d+)/g, "[evidence, $1](../evidence.md)");
}
