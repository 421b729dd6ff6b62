import type { Draft, Message, Tool } from "../world.ts";
import { members, messageJson, messagesJson, onceJson } from "./message-json.ts";
import type { Bodies, Usage } from "./render-exchange.ts";
import { schemaOf } from "./tool-schema.ts";

/** Anthropic Messages bodies. */
export function anthropicBodies(draft: Draft, usage: Usage): Bodies {
  const system = draft.system === undefined ? "" : `,"system":${JSON.stringify(draft.system)}`;
  const tools = draft.tools === undefined ? "" : `,"tools":${onceJson(draft.tools, toolsJson)}`;
  const request = `{"model":"${draft.model}"${onceJson(draft.settings, settingsJson)}${system},"messages":[${messagesJson(draft.messages, wireMessage)}]${tools}}`;
  const stop = draft.answer.calls === undefined ? "end_turn" : "tool_use";
  const response = `{"id":"${draft.responseId}","type":"message","role":"assistant","model":"${draft.model}","content":${messageJson(draft.answer, blocks)},"stop_reason":"${stop}","usage":{"input_tokens":${usage.input - usage.cached},"cache_read_input_tokens":${usage.cached},"output_tokens":${usage.output}}}`;
  return { request, response };
}

function settingsJson({ maxTokens, ...settings }: Readonly<Record<string, number>>): string {
  return members({ max_tokens: maxTokens ?? 4096, ...settings });
}

function toolsJson(tools: readonly Tool[]): string {
  return JSON.stringify(
    tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: schemaOf(tool),
    })),
  );
}

function wireMessage(message: Message, text: string): string {
  if (message.role === "tool")
    return `{"role":"user","content":[{"type":"tool_result","tool_use_id":"${message.callId}","content":${text}}]}`;
  if (message.calls === undefined && message.reasoning === undefined)
    return `{"role":"${message.role}","content":${text}}`;
  return `{"role":"${message.role}","content":${messageJson(message, blocks)}}`;
}

function blocks(message: Message, text: string): string {
  const out: string[] = [];
  if (message.reasoning !== undefined) {
    const { text: thinking, signature } = message.reasoning;
    out.push(JSON.stringify({ type: "thinking", thinking, signature }));
  }
  if (message.text !== "") out.push(`{"type":"text","text":${text}}`);
  for (const { id, name, input } of message.calls ?? [])
    out.push(JSON.stringify({ type: "tool_use", id, name, input }));
  return `[${out.join(",")}]`;
}
