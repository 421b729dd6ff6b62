// A gateway of one's own that keeps Stillwatch's decisions in memory. Try it: README.md beside this file.
import { createServer, request as ask } from "node:http";
import { readFileSync } from "node:fs";
import process from "node:process";
import { openDecisionClient } from "stillwatch/decisions";

const { STILLWATCH_URL = "http://127.0.0.1:8710", STILLWATCH_TOKEN, STILLWATCH_KEY } = process.env;
const { MODEL_URL = "http://127.0.0.1:9000", PORT = "8080" } = process.env;

/** Who calls, by the key that is shown. Put your own authentication here. */
const ACCOUNTS = new Map([
  ["Bearer demo-key-1", { account: "acct_1", credential: "key_1" }],
  ["Bearer demo-key-2", { account: "acct_2", credential: "key_2" }],
]);

const decisions = openDecisionClient({
  url: STILLWATCH_URL,
  token: STILLWATCH_TOKEN,
  publicKeys: [readFileSync(STILLWATCH_KEY, "utf8")],
  gateway: "edge-1",
  onFailure: (error) => process.stderr.write(`${error.message}\n`),
});

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});

async function answer(request, response) {
  const caller = ACCOUNTS.get(request.headers.authorization);
  if (caller === undefined) return void response.writeHead(401).end();
  // The model that is really sent on, never what a caller may say beside it: a directive would be evaded.
  const body = Buffer.concat(await request.toArray());
  const { action, reason, case: about } = await decisions.decide({
    ...caller,
    model: modelOf(body),
  });
  if (action === "deny") {
    const error = { type: "permission_error", code: reason, case: about };
    response.writeHead(403, { "content-type": "application/json" });
    return void response.end(JSON.stringify({ error }));
  }
  // limit, verify, withhold_reasoning and watermark are for you to do; here the model's side is told.
  const told = {
    "x-stillwatch-action": action,
    "x-stillwatch-reason": reason,
    "x-stillwatch-case": about ?? "none",
  };
  const headers = { ...request.headers, ...told };
  const { method } = request;
  const onward = ask(new URL(request.url, MODEL_URL), { method, headers }, (said) => {
    response.writeHead(said.statusCode, said.headers);
    said.pipe(response);
  });
  onward.on("error", () => response.destroy());
  onward.end(body);
}

/** Undefined where it isn't said: then every directive counts. */
function modelOf(body) {
  try {
    const { model } = JSON.parse(body);
    return typeof model === "string" ? model : undefined;
  } catch {
    return undefined;
  }
}

server.listen(Number(PORT), "127.0.0.1", () => {
  process.stdout.write(`Listening on ${server.address().port}\n`);
});
