import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Which of the OpenTelemetry SDK's exporters sends. */
export type ExportForm = "protobuf" | "json";

/** Has the SDK send a call and what is around it to an address, in each of the forms, and waits until it was sent. */
export async function sendSpans(
  url: string,
  forms: readonly ExportForm[],
  now: Date,
): Promise<void> {
  const exporters = forms.map((form) =>
    form === "json"
      ? new JsonExporter({ url, timeoutMillis: 10_000 })
      : new ProtobufExporter({ url, timeoutMillis: 10_000, compression: "gzip" as never }),
  );
  const provider = new BasicTracerProvider({
    spanProcessors: exporters.map((exporter) => new SimpleSpanProcessor(exporter)),
  });
  const tracer = provider.getTracer("gateway", "1.2.3");
  const startTime = now.getTime() - 60_000;
  const around = tracer.startSpan("agent", { startTime, attributes: { "http.route": "/ask" } });
  const call = tracer.startSpan(
    "chat orion-4",
    {
      startTime: startTime + 5,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "example",
        "gen_ai.request.model": "orion-4",
        "gen_ai.request.max_tokens": 200,
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.usage.input_tokens": 31,
        "gen_ai.usage.output_tokens": 12,
        "stillwatch.account": "acct_9",
        "user.id": "user_3",
        "gen_ai.input.messages":
          '[{"role":"user","parts":[{"type":"text","content":"Wie heißt der Hafen? 港"}]}]',
        "gen_ai.output.messages":
          '[{"role":"assistant","parts":[{"type":"text","content":"Lindau."}],"finish_reason":"stop"}]',
        big: Number.MIN_SAFE_INTEGER,
        flag: true,
      },
    },
    trace.setSpan(context.active(), around),
  );
  call.addEvent("first token", { at: 1 }, startTime + 300);
  call.setStatus({ code: SpanStatusCode.OK });
  call.end(startTime + 900);
  around.end(startTime + 950);
  await provider.forceFlush();
  await provider.shutdown();
}
