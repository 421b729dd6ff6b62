import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A store that speaks S3's protocol as far as we use it, and admits only what is signed. */
export interface BucketServer {
  readonly environment: Readonly<Record<string, string>>;
  readonly objects: Map<string, Buffer>;
  /** What was asked for, in order: `list` with its token, or a key. */
  readonly asked: string[];
  /** Statuses to answer with first, before asking is answered as it should. */
  readonly refusals: number[];
  close(): Promise<void>;
}

const KEY_ID = "AKIDEXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SESSION = "a session+token/=";
const REGION = "eu-central-1";
const PAGE = 2;

/** Listens on this machine; the bucket is called `logs`. */
export async function openBucketServer(): Promise<BucketServer> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const refusals: number[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "", "http://store");
    const refusal = refusals.shift();
    if (refusal !== undefined) return fail(response, refusal, "SlowDown");
    if (!isSigned(request, url)) return fail(response, 403, "SignatureDoesNotMatch");
    const [, bucket, ...path] = url.pathname.split("/").map(decodeURIComponent);
    if (bucket !== "logs") return fail(response, 404, "NoSuchBucket");
    if (path.length === 0) return list(url.searchParams, response);
    const key = path.join("/");
    asked.push(key);
    const body = objects.get(key);
    if (body === undefined) return fail(response, 404, "NoSuchKey");
    response.end(body);
  };
  const list = (query: URLSearchParams, response: ServerResponse): void => {
    const token = query.get("continuation-token") ?? "";
    asked.push(`list ${token}`);
    const keys = [...objects.keys()]
      .toSorted()
      .filter((key) => key.startsWith(query.get("prefix") ?? ""));
    const from = token === "" ? 0 : Number(Buffer.from(token, "base64").toString());
    const page = keys.slice(from, from + PAGE);
    const more = from + PAGE < keys.length;
    const next = Buffer.from(String(from + PAGE)).toString("base64");
    const contents = page.map((key) => {
      const etag = createHash("md5")
        .update(objects.get(key) ?? "")
        .digest("hex");
      return `<Contents><Key>${escaped(key)}</Key><ETag>&quot;${etag}&quot;</ETag><Size>1</Size></Contents>`;
    });
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>logs</Name><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${next}</NextContinuationToken>` : ""}${contents.join("")}</ListBucketResult>`,
    );
  };
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    objects,
    asked,
    refusals,
    environment: {
      AWS_ACCESS_KEY_ID: KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_SESSION_TOKEN: SESSION,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&#39;");
}

/** AWS Signature Version 4, computed from the request as it arrived (the documentation's four steps). */
function isSigned({ method, headers }: IncomingMessage, url: URL): boolean {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/;
  const [, credential = "", names = "", signature] =
    authorization.exec(headers.authorization ?? "") ?? [];
  const date = String(headers["x-amz-date"]);
  const scope = `${date.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const signed = names.split(";");
  const needed = ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];
  if (credential !== `${KEY_ID}/${scope}` || needed.some((name) => !signed.includes(name)))
    return false;
  if (headers["x-amz-security-token"] !== SESSION) return false;
  const encode = (text: string): string =>
    [...Buffer.from(text)]
      .map((byte) => {
        const character = String.fromCharCode(byte);
        const plain = /[A-Za-z0-9\-._~]/.test(character);
        return plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      })
      .join("");
  const path = url.pathname
    .split("/")
    .map((part) => encode(decodeURIComponent(part)))
    .join("/");
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const canonical = [
    method,
    path,
    query.toSorted().join("&"),
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    names,
    headers["x-amz-content-sha256"],
  ].join("\n");
  const hash = createHash("sha256").update(canonical).digest("hex");
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac("sha256", key).update(text).digest();
  const key = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`;
  return hmac(key, text).toString("hex") === signature;
}
