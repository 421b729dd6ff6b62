import { firstOf, type JsonRecord, listOf, lookup, recordOf, textOf } from "./json-record.ts";

/**
 * A request to Bedrock as a body of one of the four wire formats. Converse becomes Anthropic Messages, whose parts
 * it shares; a model's own body stays where it is one already, and a lone prompt becomes a message.
 */
export function converseRequest(body: JsonRecord | undefined): JsonRecord | undefined {
  if (body === undefined) return undefined;
  if (isConverse(body)) {
    const settings = recordOf(body["inferenceConfig"]) ?? {};
    const { maxTokens, temperature, topP, stopSequences } = settings;
    return {
      system: listOf(body["system"]).flatMap(partOf),
      messages: listOf(body["messages"]).map(messageOf),
      max_tokens: maxTokens,
      temperature,
      top_p: topP,
      stop_sequences: stopSequences,
      tools: lookup(body, "toolConfig.tools"),
    };
  }
  if (body["messages"] !== undefined) return body;
  const prompt = textOf(firstOf(body["inputText"], body["prompt"], body["message"]));
  if (prompt === undefined) return undefined;
  const settings = recordOf(body["textGenerationConfig"]) ?? body;
  return {
    messages: [...listOf(body["chat_history"]).map(turnOf), { role: "user", content: prompt }],
    temperature: settings["temperature"],
    top_p: firstOf(settings["topP"], settings["top_p"], settings["p"]),
    max_tokens: firstOf(settings["maxTokenCount"], settings["max_gen_len"], settings["max_tokens"]),
  };
}

/** An answer of Bedrock as a body of one of the four wire formats, or as text; chunks of Anthropic's stay chunks. */
export function converseResponse(body: unknown): unknown {
  const chunks = listOf(body);
  if (chunks.length > 0) return streamed(chunks);
  const whole = recordOf(body);
  const message = recordOf(lookup(whole, "output.message"));
  if (whole === undefined) return textOf(body);
  if (message !== undefined) {
    const content = listOf(message["content"]).flatMap(partOf);
    return { content, stop_reason: whole["stopReason"] };
  }
  return textsOf(whole) ?? whole;
}

function isConverse(body: JsonRecord): boolean {
  if (body["inferenceConfig"] !== undefined || body["toolConfig"] !== undefined) return true;
  const first = lookup(body, "messages.0.content.0");
  return recordOf(first) !== undefined && lookup(first, "type") === undefined;
}

function messageOf(value: unknown): JsonRecord {
  const message = recordOf(value) ?? {};
  return { role: message["role"], content: listOf(message["content"]).flatMap(partOf) };
}

/** A part of Converse as a part of Anthropic Messages. */
function partOf(value: unknown): readonly JsonRecord[] {
  const part = recordOf(value) ?? {};
  const use = recordOf(part["toolUse"]);
  const result = recordOf(part["toolResult"]);
  const thought = recordOf(lookup(part, "reasoningContent.reasoningText"));
  if (part["text"] !== undefined) return [{ type: "text", text: part["text"] }];
  if (use !== undefined) {
    return [{ type: "tool_use", id: use["toolUseId"], name: use["name"], input: use["input"] }];
  }
  if (result !== undefined) {
    const texts = listOf(result["content"]).map(
      (one) => textOf(lookup(one, "text")) ?? JSON.stringify(one),
    );
    return [{ type: "tool_result", tool_use_id: result["toolUseId"], content: texts.join("\n") }];
  }
  if (thought !== undefined) {
    return [{ type: "thinking", thinking: thought["text"], signature: thought["signature"] }];
  }
  return part["image"] === undefined ? [] : [{ type: "image" }];
}

function turnOf(value: unknown): JsonRecord {
  const assistant = lookup(value, "role") === "CHATBOT";
  return { role: assistant ? "assistant" : "user", content: lookup(value, "message") };
}

/** Pieces of a streamed answer: Anthropic's as they are, Converse's and the other families' put together. */
function streamed(chunks: readonly unknown[]): unknown {
  if (chunks.some((chunk) => lookup(chunk, "type") === "content_block_delta")) return chunks;
  const text = chunks
    .map((chunk) => {
      const delta = lookup(chunk, "contentBlockDelta.delta.text");
      return textOf(delta) ?? textsOf(recordOf(chunk) ?? {}) ?? "";
    })
    .join("");
  const stops = chunks.map((chunk) =>
    firstOf(lookup(chunk, "messageStop.stopReason"), lookup(chunk, "stop_reason")),
  );
  return text === ""
    ? chunks
    : { content: [{ type: "text", text }], stop_reason: firstOf(...stops) };
}

/** The answer in the words of the families that have no wire format of their own here. */
function textsOf(body: JsonRecord): string | undefined {
  return textOf(
    firstOf(
      body["generation"],
      body["outputText"],
      lookup(body, "results.0.outputText"),
      lookup(body, "outputs.0.text"),
      lookup(body, "generations.0.text"),
      body["text"],
      body["completion"],
    ),
  );
}
