/** Column types of ClickHouse that a block can hold. */
export type ColumnType =
  | "UInt8"
  | "UInt16"
  | "UInt32"
  | "UInt64"
  | "DateTime64(3, 'UTC')"
  | "String"
  | "LowCardinality(String)"
  | "Array(UInt16)"
  | "Array(UInt64)";

/** A column of numbers of up to 32 bits. */
export interface NumberColumn {
  push(value: number): void;
}

/** A column of 64-bit numbers in two halves. */
export interface WideColumn {
  push(low: number, high: number): void;
}

/** A column of lists: values, then the end of the row's list. */
export interface ListColumn extends WideColumn {
  endRow(): void;
}

/** A column of strings. */
export interface StringColumn {
  /** A short string that many rows have; its bytes are kept. */
  pushKnown(text: string): void;
  /** A name in ASCII that no other row has: `prefix`, then two 32-bit numbers in hexadecimal. */
  pushName(prefix: string, high: number, low: number): void;
}

/** A column of strings that rows share. */
export interface SharedColumn {
  /** A short string that many rows have. */
  push(text: string): void;
  /** A long string, without a look at those before: returns its place in this block. */
  pushNew(text: string): number;
  /** The string at a place once more. */
  pushPlace(place: number): void;
}

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** The column's bytes as they stand in a Native block; good until the next push. */
  bytes(): readonly Uint8Array[];
  clear(): void;
}

/** A block of rows in ClickHouse's Native format, filled column by column. Its memory is used again by the next block. */
export class NativeBlock {
  readonly #columns: Column[] = [];

  numbers(name: string, type: "UInt8" | "UInt16" | "UInt32"): NumberColumn {
    return this.#add(new Numbers(name, type));
  }

  wide(name: string, type: "UInt64" | "DateTime64(3, 'UTC')"): WideColumn {
    return this.#add(new Wides(name, type));
  }

  list(name: string, type: "Array(UInt16)" | "Array(UInt64)"): ListColumn {
    return this.#add(new Lists(name, type));
  }

  strings(name: string): StringColumn {
    return this.#add(new Strings(name));
  }

  shared(name: string): SharedColumn {
    return this.#add(new Shared(name));
  }

  /** The block of `rows` rows; its pieces are good until the next row. */
  take(rows: number): Uint8Array[] {
    const out: Uint8Array[] = [Uint8Array.from([...varint(this.#columns.length), ...varint(rows)])];
    for (const column of this.#columns) {
      out.push(Buffer.concat([text(column.name), text(column.type)]), ...column.bytes());
      column.clear();
    }
    return out;
  }

  #add<T extends Column>(column: T): T {
    this.#columns.push(column);
    return column;
  }
}

const WIDTH = { UInt8: 1, UInt16: 2, UInt32: 4 } as const;
const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;
const START = 1 << 14;
/** Of a string of any length below two million. */
const LENGTH_BYTES = 3;
const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Shared strings' dictionary in the Native format: its version; its places are of 32 bits (2), its strings stand in the block (512). */
const SHARED = { version: 1n, flags: 2n | 512n } as const;

/** Numbers in a typed array that grows. */
class Growing {
  #values: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  used = 0;

  constructor(width: 1 | 2 | 4) {
    this.#values = new ARRAYS[width](START);
  }

  push(value: number): void {
    if (this.used === this.#values.length) this.#grow();
    this.#values[this.used++] = value;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#values.buffer, 0, this.used * this.#values.BYTES_PER_ELEMENT);
  }

  #grow(): void {
    const wider = new ARRAYS[this.#values.BYTES_PER_ELEMENT as 1 | 2 | 4](2 * this.used);
    wider.set(this.#values);
    this.#values = wider;
  }
}

class Numbers implements Column, NumberColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly #values: Growing;

  constructor(name: string, type: "UInt8" | "UInt16" | "UInt32") {
    this.name = name;
    this.type = type;
    this.#values = new Growing(WIDTH[type]);
  }

  push(value: number): void {
    this.#values.push(value);
  }

  bytes(): Uint8Array[] {
    return [this.#values.bytes()];
  }

  clear(): void {
    this.#values.used = 0;
  }
}

class Wides implements Column, WideColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly #halves = new Growing(4);

  constructor(name: string, type: ColumnType) {
    this.name = name;
    this.type = type;
  }

  push(low: number, high: number): void {
    this.#halves.push(low);
    this.#halves.push(high);
  }

  bytes(): Uint8Array[] {
    return [this.#halves.bytes()];
  }

  clear(): void {
    this.#halves.used = 0;
  }
}

class Lists implements Column, ListColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly #narrow: boolean;
  readonly #values: Growing;
  readonly #ends = new Growing(4);

  constructor(name: string, type: "Array(UInt16)" | "Array(UInt64)") {
    this.name = name;
    this.type = type;
    this.#narrow = type === "Array(UInt16)";
    this.#values = new Growing(this.#narrow ? 2 : 4);
  }

  push(low: number, high: number): void {
    this.#values.push(low);
    if (!this.#narrow) this.#values.push(high);
  }

  endRow(): void {
    this.#ends.push(this.#narrow ? this.#values.used : this.#values.used >> 1);
    this.#ends.push(0);
  }

  bytes(): Uint8Array[] {
    return [this.#ends.bytes(), this.#values.bytes()];
  }

  clear(): void {
    this.#values.used = 0;
    this.#ends.used = 0;
  }
}

class Strings implements Column, StringColumn {
  readonly name: string;
  readonly type = "String";
  #bytes = Buffer.allocUnsafeSlow(START);
  #used = 0;
  readonly #known = new Map<string, Uint8Array>();

  constructor(name: string) {
    this.name = name;
  }

  pushKnown(value: string): void {
    let known = this.#known.get(value);
    if (known === undefined) this.#known.set(value, (known = text(value)));
    this.#reserve(known.length);
    // Shorter than what a call to copy them costs.
    for (let i = 0; i < known.length; i++) this.#bytes[this.#used++] = known[i] as number;
  }

  pushName(prefix: string, high: number, low: number): void {
    this.#reserve(prefix.length + 17);
    this.#bytes[this.#used++] = prefix.length + 16;
    for (let i = 0; i < prefix.length; i++) this.#bytes[this.#used++] = prefix.charCodeAt(i);
    for (let shift = 28; shift >= 0; shift -= 4)
      this.#bytes[this.#used++] = HEX[(high >>> shift) & 15] as number;
    for (let shift = 28; shift >= 0; shift -= 4)
      this.#bytes[this.#used++] = HEX[(low >>> shift) & 15] as number;
  }

  bytes(): Uint8Array[] {
    return [this.#bytes.subarray(0, this.#used)];
  }

  clear(): void {
    this.#used = 0;
  }

  #reserve(more: number): void {
    while (this.#used + more > this.#bytes.length) this.#bytes = doubled(this.#bytes);
  }
}

/** Each string of the block once, and for every row the place of its own. */
class Shared implements Column, SharedColumn {
  readonly name: string;
  readonly type = "LowCardinality(String)";
  readonly #places = new Map<string, number>();
  readonly #rows = new Growing(4);
  #count = 0;
  #bytes = Buffer.allocUnsafeSlow(START);
  #used = 0;

  constructor(name: string) {
    this.name = name;
  }

  push(value: string): void {
    const place = this.#places.get(value);
    if (place === undefined) this.#places.set(value, this.pushNew(value));
    else this.#rows.push(place);
  }

  pushNew(value: string): number {
    while (this.#used + 3 * value.length + LENGTH_BYTES > this.#bytes.length)
      this.#bytes = doubled(this.#bytes);
    const length = this.#bytes.write(value, this.#used + LENGTH_BYTES);
    // A length of three bytes, however small: the format allows it.
    this.#bytes[this.#used] = 0x80 | (length & 127);
    this.#bytes[this.#used + 1] = 0x80 | ((length >> 7) & 127);
    this.#bytes[this.#used + 2] = length >> 14;
    this.#used += LENGTH_BYTES + length;
    this.#rows.push(this.#count);
    return this.#count++;
  }

  pushPlace(place: number): void {
    this.#rows.push(place);
  }

  bytes(): Uint8Array[] {
    const head = new BigUint64Array([SHARED.version, SHARED.flags, BigInt(this.#count)]);
    const rows = new BigUint64Array([BigInt(this.#rows.used)]);
    return [
      new Uint8Array(head.buffer),
      this.#bytes.subarray(0, this.#used),
      new Uint8Array(rows.buffer),
      this.#rows.bytes(),
    ];
  }

  clear(): void {
    this.#places.clear();
    this.#count = 0;
    this.#rows.used = 0;
    this.#used = 0;
  }
}

function doubled(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const longer = Buffer.allocUnsafeSlow(2 * bytes.length);
  longer.set(bytes);
  return longer;
}

/** A string with its length before it. */
function text(value: string): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([Uint8Array.from(varint(bytes.length)), bytes]);
}

function varint(value: number): number[] {
  const out: number[] = [];
  let left = value;
  for (; left > 127; left >>>= 7) out.push(0x80 | (left & 127));
  out.push(left);
  return out;
}
