import type { Draft, Message } from "../world.ts";
import { schemaOf } from "./tool-schema.ts";
import type { Bodies, Usage } from "./render-exchange.ts";

/** Anthropic Messages bodies. */
export function anthropicBodies(draft: Draft, usage: Usage): Bodies {
  const { maxTokens, ...settings } = draft.settings;
  const request = {
    model: draft.model,
    max_tokens: maxTokens ?? 4096,
    ...settings,
    ...(draft.system === undefined ? {} : { system: draft.system }),
    messages: draft.messages.map(wireMessage),
    ...(draft.tools === undefined
      ? {}
      : {
          tools: draft.tools.map((tool) => ({
            name: tool.name,
            description: tool.description,
            input_schema: schemaOf(tool),
          })),
        }),
  };
  const response = {
    id: draft.responseId,
    type: "message",
    role: "assistant",
    model: draft.model,
    content: blocks(draft.answer),
    stop_reason: draft.answer.calls === undefined ? "end_turn" : "tool_use",
    usage: {
      input_tokens: usage.input - usage.cached,
      cache_read_input_tokens: usage.cached,
      output_tokens: usage.output,
    },
  };
  return { request, response };
}

function wireMessage(message: Message): object {
  if (message.role === "tool") {
    return {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: message.callId, content: message.text }],
    };
  }
  if (message.calls === undefined && message.reasoning === undefined) {
    return { role: message.role, content: message.text };
  }
  return { role: message.role, content: blocks(message) };
}

function blocks(message: Message): object[] {
  const out: object[] = [];
  if (message.reasoning !== undefined) {
    out.push({
      type: "thinking",
      thinking: message.reasoning.text,
      signature: message.reasoning.signature,
    });
  }
  if (message.text !== "") out.push({ type: "text", text: message.text });
  for (const call of message.calls ?? []) {
    out.push({ type: "tool_use", id: call.id, name: call.name, input: call.input });
  }
  return out;
}
