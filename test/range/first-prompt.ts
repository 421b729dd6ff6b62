/** A canonical line, as far as the tests look into it. */
export interface Line {
  readonly id: string;
  readonly time: string;
  readonly account: string;
  readonly endpoint: string;
  readonly client: { readonly ip: string; readonly ja4: string };
  readonly request: {
    readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
    readonly input?: string | readonly unknown[];
    readonly contents?: readonly { readonly parts: readonly { readonly text?: string }[] }[];
    readonly previous_response_id?: string;
  };
  readonly response: object;
  readonly usage: { readonly input: number; readonly output: number };
}

/** The user's message where the request opens a conversation. */
export function firstPrompt({ request }: Line): string | undefined {
  const messages = request.messages?.filter((message) => message.role !== "system");
  if (messages !== undefined)
    return messages.length === 1 && typeof messages[0]?.content === "string"
      ? messages[0].content
      : undefined;
  if (request.contents !== undefined)
    return request.contents.length === 1 ? request.contents[0]?.parts[0]?.text : undefined;
  return typeof request.input === "string" && request.previous_response_id === undefined
    ? request.input
    : undefined;
}
