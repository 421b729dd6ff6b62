/** A server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** The most that one event may hold, UTF-16 units. */
const MOST_LENGTH = 64_000_000;

/** Reads the events of a `text/event-stream` as they come (WHATWG HTML, 9.2.6); comments and unfinished events are dropped. Throws RangeError where one is beyond all measure. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const text = body.pipeThrough(new TextDecoderStream());
  let lines: string[] = [];
  let length = 0;
  for await (const line of linesOf(text)) {
    length += line.length;
    if (length > MOST_LENGTH) throw new RangeError("An event is longer than 64 MB.");
    if (line !== "") {
      lines.push(line);
      continue;
    }
    const event = eventOf(lines);
    lines = [];
    length = 0;
    if (event !== undefined) yield event;
  }
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  for await (const chunk of text) {
    const [first = "", ...others] = chunk.split("\n");
    parts.push(first);
    for (const next of others) {
      yield parts.join("").replace(/\r$/, "");
      parts = [next];
    }
  }
}

function eventOf(lines: readonly string[]): ServerSentEvent | undefined {
  const fields = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(":");
    return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
  });
  const all = (name: string): readonly string[] =>
    fields.flatMap(([field, value]) => (field === name ? [value] : []));
  const data = all("data");
  if (data.length === 0) return undefined;
  return { event: all("event").at(-1) ?? "message", id: all("id").at(-1), data: data.join("\n") };
}
