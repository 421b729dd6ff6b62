import type { Draft, Message, Tool } from "../world.ts";
import { members, messageJson, messagesJson, onceJson } from "./message-json.ts";
import type { Bodies, Usage } from "./render-exchange.ts";
import { schemaOf } from "./tool-schema.ts";

/** OpenAI Chat Completions bodies. */
export function openaiChatBodies(draft: Draft, usage: Usage, time: number): Bodies {
  const system =
    draft.system === undefined
      ? ""
      : `{"role":"system","content":${JSON.stringify(draft.system)}}${draft.messages.length > 0 ? "," : ""}`;
  const tools = draft.tools === undefined ? "" : `,"tools":${onceJson(draft.tools, toolsJson)}`;
  const request = `{"model":"${draft.model}","messages":[${system}${messagesJson(draft.messages, chatMessage)}]${onceJson(draft.settings, settingsJson)}${tools}}`;
  const finish = draft.answer.calls === undefined ? "stop" : "tool_calls";
  const response = `{"id":"${draft.responseId}","object":"chat.completion","created":${Math.floor(time / 1000)},"model":"${draft.model}","choices":[{"index":0,"message":${messageJson(draft.answer, chatMessage)},"finish_reason":"${finish}"}],"usage":{"prompt_tokens":${usage.input},"completion_tokens":${usage.output},"total_tokens":${usage.input + usage.output},"prompt_tokens_details":{"cached_tokens":${usage.cached}}}}`;
  return { request, response };
}

function settingsJson({ maxTokens, ...settings }: Readonly<Record<string, number>>): string {
  return members({ ...settings, max_tokens: maxTokens });
}

function toolsJson(tools: readonly Tool[]): string {
  return JSON.stringify(
    tools.map((tool) => ({
      type: "function",
      function: { name: tool.name, description: tool.description, parameters: schemaOf(tool) },
    })),
  );
}

function chatMessage(message: Message, text: string): string {
  if (message.role === "tool")
    return `{"role":"tool","tool_call_id":"${message.callId}","content":${text}}`;
  if (message.calls === undefined) return `{"role":"${message.role}","content":${text}}`;
  const calls = message.calls.map((call) => ({
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: JSON.stringify(call.input) },
  }));
  return `{"role":"${message.role}","content":${message.text === "" ? "null" : text},"tool_calls":${JSON.stringify(calls)}}`;
}
