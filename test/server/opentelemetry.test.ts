import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sendSpans } from "../ingest/dialects/send-spans.ts";
import { NOW, openBench } from "../ingest/intake-bench.ts";
import { serveLocally } from "./serve-locally.ts";

it(
  "takes the calls that the OpenTelemetry SDK's exporters send, as protobuf and as JSON alike, and leaves out what is around them",
  { timeout: 240_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-spans-"));
    const serving = await serveLocally(dataDir);
    await sendSpans(`${serving.url}/v1/traces`, ["protobuf"], NOW);
    expect(serving.state()).toMatchObject({ taken: 1 });
    await sendSpans(`${serving.url}/v1/traces`, ["json"], NOW);
    expect(await serving.close()).toMatchObject({ taken: 2, accepted: 2, rejected: 0 });
    const bench = await openBench(dataDir);
    const columns =
      "account, model, input_tokens, output_tokens, max_tokens, length(tokens) AS words";
    const call = { account: "acct_9", model: "orion-4", input_tokens: 31, output_tokens: 12 };
    const row = { ...call, max_tokens: 200, words: "5" };
    expect(await bench.ask(`SELECT ${columns} FROM exchanges`)).toEqual([row, row]);
    await bench.close();
  },
);
