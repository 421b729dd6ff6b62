import type { JsonRecord } from "./json-record.ts";

/** A line as the warehouse reads it: the fields of docs/guide.md. Absent fields are undefined. */
export interface ExchangeLine {
  readonly id?: string | undefined;
  /** ISO 8601, or whatever the source wrote: the warehouse reads or refuses it. */
  readonly time?: string | undefined;
  readonly account?: string | undefined;
  readonly credential?: string | undefined;
  readonly organization?: string | undefined;
  readonly end_user?: string | undefined;
  readonly platform?: string | undefined;
  readonly region?: string | undefined;
  readonly model?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly session?: string | undefined;
  readonly http_status?: number | undefined;
  readonly client?:
    | {
        readonly ip?: string | undefined;
        readonly user_agent?: string | undefined;
        readonly ja4?: string | undefined;
      }
    | undefined;
  /** A body of one of the four wire formats, as an object or as its JSON text. */
  readonly request?: unknown;
  readonly response?: unknown;
  readonly usage?:
    | {
        readonly input?: number | undefined;
        readonly cached?: number | undefined;
        readonly output?: number | undefined;
        readonly reasoning?: number | undefined;
      }
    | undefined;
  readonly billed?: number | undefined;
}

/** An exchange, and the part of the record it came from: a map's paths start there. */
export interface FoundExchange {
  readonly exchange: ExchangeLine;
  readonly source: JsonRecord;
}

/** Something that is rightly there and is no exchange, named in the plural. */
export interface SetAside {
  readonly aside: string;
}

/** What is no exchange: rightly, or because it cannot be read, and why. */
export type NoExchange = SetAside | { readonly rejected: string };

/** What a record turned out to hold. */
export type Finding = FoundExchange | NoExchange;

/** One format of other people's logs. */
export interface Dialect {
  /** As `--dialect` takes it. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** Whether a record is of this format, by keys that others don't have. */
  recognises(record: JsonRecord): boolean;
  /** What a record holds. The same record always gives the same ids. */
  translate(record: JsonRecord): readonly Finding[];
}

/** Calls whose answers are numbers, not text. */
export const EMBEDDINGS: SetAside = { aside: "embeddings calls" };
/** Calls that hand over a file of requests; the requests are not in this log. */
export const BATCH_JOBS: SetAside = { aside: "batch jobs (their requests are not in this log)" };
/** Images, speech, moderation and other calls that answer no text. */
export const OTHER_CALLS: SetAside = { aside: "calls that answer no text" };
/** Spans of agents, tools and frameworks around the calls. */
export const OTHER_SPANS: SetAside = { aside: "spans that are no call of a model" };
