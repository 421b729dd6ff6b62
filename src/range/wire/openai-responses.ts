import type { Draft, Message } from "../world.ts";
import { schemaOf } from "./tool-schema.ts";
import type { Bodies, Usage } from "./render-exchange.ts";

/** OpenAI Responses bodies. A stateful draft names the previous response and sends only the new turn. */
export function openaiResponsesBodies(draft: Draft, usage: Usage, time: number): Bodies {
  const { maxTokens, ...settings } = draft.settings;
  const previous = draft.stateful === true ? lastResponse(draft.messages) : -1;
  const sent = draft.messages.slice(previous + 1);
  const only = sent[0];
  const request = {
    model: draft.model,
    ...(draft.system === undefined ? {} : { instructions: draft.system }),
    input: sent.length === 1 && only?.role === "user" ? only.text : sent.flatMap(inputItems),
    ...(previous < 0 ? {} : { previous_response_id: draft.messages[previous]?.responseId }),
    ...settings,
    ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
    ...(draft.tools === undefined
      ? {}
      : {
          tools: draft.tools.map((tool) => ({
            type: "function",
            name: tool.name,
            description: tool.description,
            parameters: schemaOf(tool),
          })),
        }),
  };
  const response = {
    id: draft.responseId,
    object: "response",
    created_at: Math.floor(time / 1000),
    status: "completed",
    model: draft.model,
    output: outputItems(draft.answer, draft.responseId),
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
    },
  };
  return { request, response };
}

function lastResponse(messages: readonly Message[]): number {
  return messages.findLastIndex(
    (message) => message.role === "assistant" && message.responseId !== undefined,
  );
}

function inputItems(message: Message): object[] {
  if (message.role === "tool")
    return [{ type: "function_call_output", call_id: message.callId, output: message.text }];
  if (message.role === "user") return [{ role: "user", content: message.text }];
  return outputItems(message, message.responseId ?? "");
}

function outputItems(message: Message, responseId: string): object[] {
  const suffix = responseId.slice(5, 37);
  const items: object[] = [];
  if (message.reasoning !== undefined) {
    items.push({
      type: "reasoning",
      id: `rs_${suffix}`,
      summary: [{ type: "summary_text", text: message.reasoning.text }],
      encrypted_content: message.reasoning.signature,
    });
  }
  if (message.text !== "") {
    items.push({
      type: "message",
      id: `msg_${suffix}`,
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: message.text, annotations: [] }],
    });
  }
  for (const call of message.calls ?? []) {
    items.push({
      type: "function_call",
      call_id: call.id,
      name: call.name,
      arguments: JSON.stringify(call.input),
    });
  }
  return items;
}
