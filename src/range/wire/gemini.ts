import type { Draft, Message } from "../world.ts";
import { schemaOf } from "./tool-schema.ts";
import type { Bodies, Usage } from "./render-exchange.ts";

/** Gemini generateContent bodies. */
export function geminiBodies(draft: Draft, usage: Usage): Bodies {
  const { maxTokens, temperature, top_p, n } = draft.settings;
  const config = {
    ...(temperature === undefined ? {} : { temperature }),
    ...(top_p === undefined ? {} : { topP: top_p }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(n === undefined ? {} : { candidateCount: n }),
  };
  const request = {
    contents: draft.messages.map(content),
    ...(draft.system === undefined
      ? {}
      : { systemInstruction: { parts: [{ text: draft.system }] } }),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
    ...(draft.tools === undefined
      ? {}
      : {
          tools: [
            {
              functionDeclarations: draft.tools.map((tool) => ({
                name: tool.name,
                description: tool.description,
                parameters: schemaOf(tool),
              })),
            },
          ],
        }),
  };
  const response = {
    responseId: draft.responseId,
    modelVersion: draft.model,
    candidates: [{ index: 0, content: content(draft.answer), finishReason: "STOP" }],
    usageMetadata: {
      promptTokenCount: usage.input,
      cachedContentTokenCount: usage.cached,
      candidatesTokenCount: usage.output,
      thoughtsTokenCount: usage.reasoning,
      totalTokenCount: usage.input + usage.output + usage.reasoning,
    },
  };
  return { request, response };
}

function content(message: Message): object {
  if (message.role === "tool") {
    return {
      role: "user",
      parts: [
        {
          functionResponse: {
            id: message.callId,
            name: message.callName,
            response: { output: message.text },
          },
        },
      ],
    };
  }
  const parts: object[] = [];
  if (message.reasoning !== undefined) {
    parts.push({
      text: message.reasoning.text,
      thought: true,
      thoughtSignature: message.reasoning.signature,
    });
  }
  if (message.text !== "") parts.push({ text: message.text });
  for (const call of message.calls ?? []) {
    parts.push({ functionCall: { id: call.id, name: call.name, args: call.input } });
  }
  return { role: message.role === "assistant" ? "model" : "user", parts };
}
