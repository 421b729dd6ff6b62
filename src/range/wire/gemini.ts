import type { Draft, Message, Tool } from "../world.ts";
import { members, messageJson, messagesJson, onceJson } from "./message-json.ts";
import type { Bodies, Usage } from "./render-exchange.ts";
import { schemaOf } from "./tool-schema.ts";

/** Gemini generateContent bodies. */
export function geminiBodies(draft: Draft, usage: Usage): Bodies {
  const system =
    draft.system === undefined
      ? ""
      : `,"systemInstruction":{"parts":[{"text":${JSON.stringify(draft.system)}}]}`;
  const tools = draft.tools === undefined ? "" : `,"tools":${onceJson(draft.tools, toolsJson)}`;
  const request = `{"contents":[${messagesJson(draft.messages, content)}]${system}${onceJson(draft.settings, settingsJson)}${tools}}`;
  const response = `{"responseId":"${draft.responseId}","modelVersion":"${draft.model}","candidates":[{"index":0,"content":${messageJson(draft.answer, content)},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":${usage.input},"cachedContentTokenCount":${usage.cached},"candidatesTokenCount":${usage.output},"thoughtsTokenCount":${usage.reasoning},"totalTokenCount":${usage.input + usage.output + usage.reasoning}}}`;
  return { request, response };
}

function settingsJson(settings: Readonly<Record<string, number>>): string {
  const { temperature, top_p: topP, maxTokens: maxOutputTokens, n: candidateCount } = settings;
  const config = members({ temperature, topP, maxOutputTokens, candidateCount });
  return config === "" ? "" : `,"generationConfig":{${config.slice(1)}}`;
}

function toolsJson(tools: readonly Tool[]): string {
  const functionDeclarations = tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    parameters: schemaOf(tool),
  }));
  return JSON.stringify([{ functionDeclarations }]);
}

function content(message: Message, text: string): string {
  if (message.role === "tool")
    return `{"role":"user","parts":[{"functionResponse":{"id":"${message.callId}","name":"${message.callName}","response":{"output":${text}}}}]}`;
  const parts: string[] = [];
  if (message.reasoning !== undefined) {
    const { text: thought, signature } = message.reasoning;
    parts.push(JSON.stringify({ text: thought, thought: true, thoughtSignature: signature }));
  }
  if (message.text !== "") parts.push(`{"text":${text}}`);
  for (const { id, name, input: args } of message.calls ?? [])
    parts.push(JSON.stringify({ functionCall: { id, name, args } }));
  return `{"role":"${message.role === "assistant" ? "model" : "user"}","parts":[${parts.join(",")}]}`;
}
