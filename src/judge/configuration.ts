import { z } from "zod";
import type { ScanResult, Setting } from "../core/assessment.ts";
import type { Calendar } from "../core/calendar.ts";
import { readConfigFile } from "../core/config-file.ts";
import { calendarOf, calendarShape } from "../ingest/load-calendar.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";

/** Signals' parameters by signal id, each in the shape its signal declares. */
export type SignalParameters = ReadonlyMap<string, unknown>;

/** What a judge can be told to do otherwise. */
export interface Configuration {
  /** False-discovery rate over lineages, above 0 and at most 0.5. */
  readonly q: number;
  readonly tickSeconds: number;
  readonly parameters: SignalParameters;
  readonly calendar: Calendar;
}

/** The shape of a configuration file: every key may be left out, and none is unknown. */
export const CONFIGURATION_SHAPE = z.strictObject({
  version: z.literal(1).default(1).describe("Version of this form"),
  q: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.01)
    .describe("False-discovery rate: the share of wrong flags among flagged groups to accept"),
  tick_seconds: z
    .int()
    .min(60)
    .max(604_800)
    .default(3600)
    .describe("How often the traffic's own clock is judged, in seconds"),
  calendar: calendarShape
    .default([])
    .describe("Known releases, suspensions, outages and holidays, as in the file of --calendar"),
  signals: z
    .strictObject(
      Object.fromEntries(
        ALL_SIGNALS.map(({ id, parameters }) => [id, strictly(parameters).nullish()]),
      ),
    )
    .nullish(),
});

/** What holds where nothing else is said. */
export const DEFAULT_CONFIGURATION: Configuration = configurationOf(CONFIGURATION_SHAPE.parse({}));

/** A configuration file. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE, SW_CONFIG_INVALID with line and key. */
export function readConfiguration(file: string): Configuration {
  return configurationOf(readConfigFile(file, CONFIGURATION_SHAPE));
}

/** A configuration from the value of a file's keys. Every signal has its parameters, its defaults where none were given. */
export function configurationOf({
  q,
  tick_seconds,
  calendar,
  signals,
}: z.infer<typeof CONFIGURATION_SHAPE>): Configuration {
  const parameters = new Map(
    ALL_SIGNALS.map((signal) => [signal.id, signal.parameters.parse(signals?.[signal.id] ?? {})]),
  );
  return { q, tickSeconds: tick_seconds, parameters, calendar: calendarOf(calendar) };
}

/** The configuration that a result was judged by, but for its calendar. */
export function configurationBehind({ q, tick_seconds, settings = {} }: ScanResult): Configuration {
  const signals: Record<string, Record<string, unknown>> = {};
  for (const [setting, value] of Object.entries(settings)) {
    const [signal = "", key = ""] = setting.split(".");
    (signals[signal] ??= {})[key] = value;
  }
  return configurationOf({ version: 1, q, tick_seconds, calendar: [], signals });
}

/** The parameters that are not at their defaults, as `signal.key`. */
export function changedSettings(parameters: SignalParameters): Readonly<Record<string, Setting>> {
  const usual = settingsOf(DEFAULT_CONFIGURATION.parameters);
  const changed = [...settingsOf(parameters)].filter(([key, value]) => usual.get(key) !== value);
  return Object.fromEntries(changed);
}

/** Every parameter, as `signal.key`. */
export function settingsOf(parameters: SignalParameters): ReadonlyMap<string, Setting> {
  return new Map(
    [...parameters].flatMap(([signal, own]) =>
      Object.entries(own as Record<string, Setting>).map(
        ([key, value]) => [`${signal}.${key}`, value] as const,
      ),
    ),
  );
}

function strictly(parameters: z.ZodType): z.ZodType {
  return parameters instanceof z.ZodObject ? parameters.strict() : parameters;
}
