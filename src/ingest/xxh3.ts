/** The first 192 bytes of XXH3's secret, as specified. */
const SECRET = Buffer.from(
  "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221" +
    "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8" +
    "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb" +
    "170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e",
  "hex",
);
const PRIME_1 = 0x9e3779b185ebca87n;
const PRIME_2 = 0xc2b2ae3d27d4eb4fn;
const PRIME_3 = 0x165667b19e3779f9n;
const PRIME_MX1 = 0x165667919e3779f9n;
const PRIME_MX2 = 0x9fb21c651e98df25n;

/** The longest text that `xxh3` takes, bytes. */
export const MOST_HASHED = 240;

/**
 * XXH3 of 64 bits, without a seed, of at most 240 bytes; longer ones would need its second half. Specification:
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md. The engine's `xxh3` of one text is the same.
 */
export function xxh3(text: Buffer): bigint {
  const { length } = text;
  if (length > 128) return ofMany(text);
  if (length > 16) return ofSome(text);
  if (length > 8) {
    const low = text.readBigUInt64LE(0) ^ secretAt(24) ^ secretAt(32);
    const high = text.readBigUInt64LE(length - 8) ^ secretAt(40) ^ secretAt(48);
    return avalanche(BigInt(length) + turned(low) + high + folded(low, high));
  }
  if (length > 3) {
    const both = BigInt(text.readUInt32LE(length - 4)) + (BigInt(text.readUInt32LE(0)) << 32n);
    return ofEight(both ^ secretAt(8) ^ secretAt(16), length);
  }
  if (length === 0) return shortAvalanche(secretAt(56) ^ secretAt(64));
  const [first, middle, last] = [text[0]!, text[length >> 1]!, text[length - 1]!];
  const all = (BigInt(middle) << 24n) | BigInt((first << 16) | (length << 8) | last);
  return shortAvalanche(all ^ BigInt((SECRET.readUInt32LE(0) ^ SECRET.readUInt32LE(4)) >>> 0));
}

/** 17 to 128 bytes: from both ends to the middle. */
function ofSome(text: Buffer): bigint {
  const { length } = text;
  let sum = BigInt(length) * PRIME_1;
  for (let i = (length - 1) >> 5; i >= 0; i--) {
    sum += mixed(text, 16 * i, 32 * i) + mixed(text, length - 16 * (i + 1), 32 * i + 16);
  }
  return avalanche(sum);
}

/** 129 to 240 bytes: from the beginning, and the last sixteen once more. */
function ofMany(text: Buffer): bigint {
  const { length } = text;
  let sum = BigInt(length) * PRIME_1;
  for (let i = 0; i < 8; i++) sum += mixed(text, 16 * i, 16 * i);
  sum = avalanche(sum);
  for (let i = 8; i < length >> 4; i++) sum += mixed(text, 16 * i, 16 * (i - 8) + 3);
  return avalanche(sum + mixed(text, length - 16, 119));
}

function mixed(text: Buffer, at: number, key: number): bigint {
  const low = text.readBigUInt64LE(at) ^ secretAt(key);
  return folded(low, text.readBigUInt64LE(at + 8) ^ secretAt(key + 8));
}

function secretAt(at: number): bigint {
  return SECRET.readBigUInt64LE(at);
}

/** Both halves of a product of 128 bits, one upon the other. */
function folded(a: bigint, b: bigint): bigint {
  const product = a * b;
  return word(product) ^ (product >> 64n);
}

function avalanche(sum: bigint): bigint {
  let h = word(sum);
  h = word((h ^ (h >> 37n)) * PRIME_MX1);
  return h ^ (h >> 32n);
}

function shortAvalanche(start: bigint): bigint {
  let h = word((start ^ (start >> 33n)) * PRIME_2);
  h = word((h ^ (h >> 29n)) * PRIME_3);
  return h ^ (h >> 32n);
}

function ofEight(start: bigint, length: number): bigint {
  let h = word((start ^ rotated(start, 49n) ^ rotated(start, 24n)) * PRIME_MX2);
  h = word((h ^ ((h >> 35n) + BigInt(length))) * PRIME_MX2);
  return h ^ (h >> 28n);
}

function rotated(h: bigint, by: bigint): bigint {
  return word(h << by) | (h >> (64n - by));
}

/** Its bytes in the other order. */
function turned(h: bigint): bigint {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(h);
  return bytes.readBigUInt64BE(0);
}

function word(h: bigint): bigint {
  return BigInt.asUintN(64, h);
}
