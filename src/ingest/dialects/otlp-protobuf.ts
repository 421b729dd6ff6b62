/** Why a body is not read. */
export class NotProtobuf extends Error {}

/** How a field of a message is read, by its number. Fields that are not named are skipped. */
type Shape = () => Readonly<Record<number, Field>>;
interface Field {
  readonly name: string;
  readonly as: "text" | "hex" | "base64" | "fixed64" | "integer" | "flag" | "double" | Shape;
  readonly many?: true;
}

const many = (name: string, as: Shape): Field => ({ name, as, many: true });

// opentelemetry/proto/{trace,common,resource}/v1 of opentelemetry-proto 1.x: fields that the dialect reads.
const anyValue: Shape = () => ({
  1: { name: "stringValue", as: "text" },
  2: { name: "boolValue", as: "flag" },
  3: { name: "intValue", as: "integer" },
  4: { name: "doubleValue", as: "double" },
  5: { name: "arrayValue", as: () => ({ 1: many("values", anyValue) }) },
  6: { name: "kvlistValue", as: () => ({ 1: many("values", pair) }) },
  7: { name: "bytesValue", as: "base64" },
});
const pair: Shape = () => ({ 1: { name: "key", as: "text" }, 2: { name: "value", as: anyValue } });
const event: Shape = () => ({
  1: { name: "timeUnixNano", as: "fixed64" },
  2: { name: "name", as: "text" },
  3: many("attributes", pair),
});
const span: Shape = () => ({
  1: { name: "traceId", as: "hex" },
  2: { name: "spanId", as: "hex" },
  4: { name: "parentSpanId", as: "hex" },
  5: { name: "name", as: "text" },
  7: { name: "startTimeUnixNano", as: "fixed64" },
  8: { name: "endTimeUnixNano", as: "fixed64" },
  9: many("attributes", pair),
  11: many("events", event),
  15: { name: "status", as: () => ({ 3: { name: "code", as: "integer" } }) },
});
const resourceSpans: Shape = () => ({
  1: { name: "resource", as: () => ({ 1: many("attributes", pair) }) },
  2: many("scopeSpans", () => ({ 2: many("spans", span) })),
});

/** An AnyValue may hold others; deeper ones are refused. */
const MOST_DEEP = 100;
/** Messages in a request: an empty one takes two bytes to send and a hundred to hold. */
const MOST_MESSAGES = 1_000_000;

/** How many more messages may be read. */
interface Budget {
  left: number;
}

/**
 * The ResourceSpans of an ExportTraceServiceRequest, each as OTLP's JSON has it. Throws NotProtobuf where the bytes are
 * no such message. Complexity: linear. Wire format: https://protobuf.dev/programming-guides/encoding
 */
export function* resourceSpansIn(bytes: Buffer): Generator<object> {
  const budget = { left: MOST_MESSAGES };
  for (const { field, wire, at, end } of fieldsOf(bytes, 0, bytes.length)) {
    if (field !== 1 || wire !== 2) continue;
    yield readMessage(bytes, { from: at, to: end, shape: resourceSpans, depth: 0, budget });
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly shape: Shape;
  readonly depth: number;
  readonly budget: Budget;
}

function readMessage(bytes: Buffer, { from, to, shape, depth, budget }: Place): object {
  if (depth > MOST_DEEP) throw new NotProtobuf("nested too deeply");
  if (--budget.left < 0) throw new NotProtobuf("more than 1,000,000 messages");
  const fields = shape();
  const message: Record<string, unknown> = {};
  for (const { field, wire, at, end } of fieldsOf(bytes, from, to)) {
    const known = fields[field];
    if (known === undefined) continue;
    const { name, as } = known;
    const read =
      typeof as === "function"
        ? readMessage(bytes, {
            from: expectWire(wire, 2, at),
            to: end,
            shape: as,
            depth: depth + 1,
            budget,
          })
        : readScalar(bytes, { wire, at, end }, as);
    if (known.many !== true) message[name] = read;
    else ((message[name] ??= []) as unknown[]).push(read);
  }
  return message;
}

interface Content {
  readonly wire: number;
  /** Where the field's content begins and ends. */
  readonly at: number;
  readonly end: number;
}

function readScalar(
  bytes: Buffer,
  { wire, at, end }: Content,
  as: Exclude<Field["as"], Shape>,
): unknown {
  switch (as) {
    case "fixed64":
      return bytes.readBigUInt64LE(expectWire(wire, 1, at)).toString();
    case "double":
      return bytes.readDoubleLE(expectWire(wire, 1, at));
    case "integer":
      return Number(BigInt.asIntN(64, readVarint(bytes, expectWire(wire, 0, at), end).value));
    case "flag":
      return readVarint(bytes, expectWire(wire, 0, at), end).value !== 0n;
    case "text":
      return bytes.toString("utf8", expectWire(wire, 2, at), end);
    case "hex":
    case "base64":
      return bytes.toString(as, expectWire(wire, 2, at), end);
  }
}

function expectWire(wire: number, expected: number, at: number): number {
  if (wire !== expected) throw new NotProtobuf("a field is of another type");
  return at;
}

/** The fields of a message, in order. */
function* fieldsOf(
  bytes: Buffer,
  from: number,
  to: number,
): Generator<Content & { readonly field: number }> {
  for (let next = from; next < to;) {
    const tag = readVarint(bytes, next, to);
    const wire = Number(tag.value & 7n);
    const field = Number(tag.value >> 3n);
    let at = tag.end;
    let end: number;
    if (wire === 0) end = readVarint(bytes, at, to).end;
    else if (wire === 1) end = at + 8;
    else if (wire === 5) end = at + 4;
    else if (wire === 2) {
      const length = readVarint(bytes, at, to);
      at = length.end;
      end = at + Number(length.value);
    } else throw new NotProtobuf("a field is of no known wire type");
    if (end > to || field === 0) throw new NotProtobuf("a field does not fit");
    yield { field, wire, at, end };
    next = end;
  }
}

function readVarint(bytes: Buffer, from: number, to: number): { value: bigint; end: number } {
  // Nearly all fit into 28 bits; the rest takes big integers.
  let small = 0;
  for (let at = from; at < to && at < from + 4; at++) {
    const byte = bytes[at] ?? 0;
    small |= (byte & 0x7f) << (7 * (at - from));
    if (byte < 0x80) return { value: BigInt(small), end: at + 1 };
  }
  let value = 0n;
  for (let at = from; at < to && at < from + 10; at++) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - from));
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: at + 1 };
  }
  throw new NotProtobuf("a number has no end");
}
