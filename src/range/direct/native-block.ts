/** Column types of ClickHouse that a block can hold. */
export type ColumnType =
  | "UInt8"
  | "UInt16"
  | "UInt32"
  | "UInt64"
  | "DateTime64(3, 'UTC')"
  | "String"
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
  /** Any other string. */
  pushText(text: string): void;
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
    this.#bytes.set(known, this.#used);
    this.#used += known.length;
  }

  pushText(value: string): void {
    this.#reserve(3 * value.length + LENGTH_BYTES);
    const length = this.#bytes.write(value, this.#used + LENGTH_BYTES);
    // A length of three bytes, however small: the format allows it.
    this.#bytes[this.#used] = 0x80 | (length & 127);
    this.#bytes[this.#used + 1] = 0x80 | ((length >> 7) & 127);
    this.#bytes[this.#used + 2] = length >> 14;
    this.#used += LENGTH_BYTES + length;
  }

  bytes(): Uint8Array[] {
    return [this.#bytes.subarray(0, this.#used)];
  }

  clear(): void {
    this.#used = 0;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    const longer = Buffer.allocUnsafeSlow(2 * (this.#used + more));
    longer.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = longer;
  }
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
