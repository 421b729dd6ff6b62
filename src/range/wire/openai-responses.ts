import type { Draft, Message, Tool } from "../world.ts";
import { members, messageJson, messagesJson, onceJson } from "./message-json.ts";
import type { Bodies, Usage } from "./render-exchange.ts";
import { schemaOf } from "./tool-schema.ts";

/** OpenAI Responses bodies; a stateful draft names the previous response and sends only the new turn. */
export function openaiResponsesBodies(draft: Draft, usage: Usage, time: number): Bodies {
  const { messages } = draft;
  const previous = draft.stateful === true ? lastResponse(messages) : -1;
  const only = messages[previous + 1];
  const input =
    messages.length === previous + 2 && only?.role === "user"
      ? JSON.stringify(only.text)
      : `[${messagesJson(messages, inputItems, previous + 1)}]`;
  const instructions =
    draft.system === undefined ? "" : `,"instructions":${JSON.stringify(draft.system)}`;
  const before =
    previous < 0 ? "" : members({ previous_response_id: messages[previous]?.responseId });
  const tools = draft.tools === undefined ? "" : `,"tools":${onceJson(draft.tools, toolsJson)}`;
  const request = `{"model":"${draft.model}"${instructions},"input":${input}${before}${onceJson(draft.settings, settingsJson)}${tools}}`;
  const response = `{"id":"${draft.responseId}","object":"response","created_at":${Math.floor(time / 1000)},"status":"completed","model":"${draft.model}","output":[${messageJson(draft.answer, outputItems)}],"usage":{"input_tokens":${usage.input},"input_tokens_details":{"cached_tokens":${usage.cached}},"output_tokens":${usage.output},"output_tokens_details":{"reasoning_tokens":${usage.reasoning}}}}`;
  return { request, response };
}

function settingsJson({ maxTokens, ...settings }: Readonly<Record<string, number>>): string {
  return members({ ...settings, max_output_tokens: maxTokens });
}

function toolsJson(tools: readonly Tool[]): string {
  return JSON.stringify(
    tools.map((tool) => ({
      type: "function",
      name: tool.name,
      description: tool.description,
      parameters: schemaOf(tool),
    })),
  );
}

function lastResponse(messages: readonly Message[]): number {
  return messages.findLastIndex(
    (message) => message.role === "assistant" && message.responseId !== undefined,
  );
}

function inputItems(message: Message, text: string): string {
  if (message.role === "tool")
    return `{"type":"function_call_output","call_id":"${message.callId}","output":${text}}`;
  if (message.role === "user") return `{"role":"user","content":${text}}`;
  return messageJson(message, outputItems);
}

function outputItems(message: Message, text: string): string {
  const suffix = (message.responseId ?? "").slice(5, 37);
  const items: string[] = [];
  if (message.reasoning !== undefined) {
    const { text: summary, signature } = message.reasoning;
    items.push(
      JSON.stringify({
        type: "reasoning",
        id: `rs_${suffix}`,
        summary: [{ type: "summary_text", text: summary }],
        encrypted_content: signature,
      }),
    );
  }
  if (message.text !== "")
    items.push(
      `{"type":"message","id":"msg_${suffix}","role":"assistant","status":"completed","content":[{"type":"output_text","text":${text},"annotations":[]}]}`,
    );
  for (const call of message.calls ?? []) {
    items.push(
      JSON.stringify({
        type: "function_call",
        call_id: call.id,
        name: call.name,
        arguments: JSON.stringify(call.input),
      }),
    );
  }
  return items.join(",");
}
