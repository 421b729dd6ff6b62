import type { Draft, Message } from "../world.ts";
import { schemaOf } from "./tool-schema.ts";
import type { Bodies, Usage } from "./render-exchange.ts";

/** OpenAI Chat Completions bodies. */
export function openaiChatBodies(draft: Draft, usage: Usage, time: number): Bodies {
  const { maxTokens, ...settings } = draft.settings;
  const messages: object[] =
    draft.system === undefined ? [] : [{ role: "system", content: draft.system }];
  for (const message of draft.messages) messages.push(chatMessage(message));
  const request = {
    model: draft.model,
    messages,
    ...settings,
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(draft.tools === undefined
      ? {}
      : {
          tools: draft.tools.map((tool) => ({
            type: "function",
            function: {
              name: tool.name,
              description: tool.description,
              parameters: schemaOf(tool),
            },
          })),
        }),
  };
  const response = {
    id: draft.responseId,
    object: "chat.completion",
    created: Math.floor(time / 1000),
    model: draft.model,
    choices: [
      {
        index: 0,
        message: chatMessage(draft.answer),
        finish_reason: draft.answer.calls === undefined ? "stop" : "tool_calls",
      },
    ],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached },
    },
  };
  return { request, response };
}

function chatMessage(message: Message): object {
  if (message.role === "tool")
    return { role: "tool", tool_call_id: message.callId, content: message.text };
  if (message.calls === undefined) return { role: message.role, content: message.text };
  return {
    role: message.role,
    content: message.text === "" ? null : message.text,
    tool_calls: message.calls.map((call) => ({
      id: call.id,
      type: "function",
      function: { name: call.name, arguments: JSON.stringify(call.input) },
    })),
  };
}
