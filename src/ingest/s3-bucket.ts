import { AwsClient } from "aws4fetch";
import { StillwatchError } from "../core/errors.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";

/** Where a bucket is and how it is asked. */
export interface BucketOptions {
  readonly bucket: string;
  /** Only objects whose keys begin so. */
  readonly prefix: string;
  /** The usual AWS_* variables: keys, session token, region, and AWS_ENDPOINT_URL for other stores of this protocol. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Objects a page; what the store takes by default. */
  readonly pageSize?: number;
  /** How often a request that was told to slow down is sent again; 8 by default, within about half a minute. */
  readonly retries?: number;
}

const RETRIES = 8;
const FIRST_RETRY_MS = 100;
const TIMEOUT_MS = 60_000;
/** Answers after which the same request may be answered later. */
const PASSING = new Set([408, 425, 429]);
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * A bucket of S3, or of a store that speaks its protocol (MinIO, R2), asked by ListObjectsV2 and GetObject, each signed
 * (Signature Version 4). Buckets are named in the path, which all of these know. Throws SW_USAGE where the environment
 * holds no keys.
 */
export function openBucket(options: BucketOptions): ObjectStore {
  const { bucket, prefix, environment, pageSize, retries = RETRIES } = options;
  const { region, endpoint, ...keys } = credentialsOf(environment);
  const client = new AwsClient({
    ...keys,
    region,
    service: "s3",
    retries,
    initRetryMs: FIRST_RETRY_MS,
  });
  const store = `s3://${bucket}`;
  const get = async (path: string): Promise<Response> => {
    const url = `${endpoint}/${encodeURIComponent(bucket)}${path}`;
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      return await client.fetch(url, { redirect: "manual", signal });
    } catch (cause) {
      throw new StillwatchError("SW_STORE_AWAY", { store, reason: failureOf(cause) }, cause);
    }
  };
  const assertAnswered = (answer: Response, text: string): void => {
    if (answer.ok) return;
    const reason = textOf(text, "Code") ?? `it answered ${answer.status}`;
    const passing = answer.status >= 500 || PASSING.has(answer.status);
    throw new StillwatchError(passing ? "SW_STORE_AWAY" : "SW_STORE_REFUSED", { store, reason });
  };
  return {
    async *list() {
      let token: string | undefined;
      do {
        const query = new URLSearchParams({
          "list-type": "2",
          prefix,
          ...(pageSize === undefined ? {} : { "max-keys": String(pageSize) }),
          ...(token === undefined ? {} : { "continuation-token": token }),
        });
        const answer = await get(`?${query.toString()}`);
        const text = await answer.text();
        assertAnswered(answer, text);
        if (!text.includes("<ListBucketResult")) {
          const reason = "its answer is no list of a bucket";
          throw new StillwatchError("SW_STORE_REFUSED", { store, reason });
        }
        yield objectsIn(text);
        token =
          textOf(text, "IsTruncated") === "true"
            ? textOf(text, "NextContinuationToken")
            : undefined;
      } while (token !== undefined);
    },
    async read(key) {
      const answer = await get(`/${key.split("/").map(encodeURIComponent).join("/")}`);
      if (answer.ok) return bodyOf(answer, store);
      const text = await answer.text();
      // Deleted since it was listed, or archived where it can't be read at once.
      if (/^(NoSuchKey|InvalidObjectState)$/.test(textOf(text, "Code") ?? "")) return undefined;
      assertAnswered(answer, text);
      return undefined;
    },
  };
}

function credentialsOf(environment: BucketOptions["environment"]) {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  if (accessKeyId === "" || secretAccessKey === "") {
    throw new StillwatchError("SW_USAGE", {
      message:
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to read from S3; `aws configure export-credentials --format env` prints them.",
    });
  }
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || "us-east-1";
  const given = environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"];
  const endpoint = (given || `https://s3.${region}.amazonaws.com`).replace(/\/+$/, "");
  const sessionToken = environment["AWS_SESSION_TOKEN"] || undefined;
  return {
    accessKeyId,
    secretAccessKey,
    region,
    endpoint,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

async function* bodyOf(answer: Response, store: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of answer.body ?? []) yield Buffer.from(piece);
  } catch (cause) {
    throw new StillwatchError("SW_STORE_AWAY", { store, reason: failureOf(cause) }, cause);
  }
}

function objectsIn(xml: string): readonly StoredObject[] {
  return [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, one = ""]) => {
    const key = textOf(one, "Key") ?? "";
    // Consoles show folders by making objects of such names.
    return key === "" || key.endsWith("/") ? [] : [{ key, etag: textOf(one, "ETag") ?? "" }];
  });
}

/** The text of the first element of that name. */
function textOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(xml)?.[1];
  return text?.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, entity) => {
    if (entity !== undefined) return ENTITIES[entity] ?? whole;
    return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

function failureOf(error: unknown): string {
  const { cause, name } = error as Error;
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
}
