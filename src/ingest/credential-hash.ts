import { createXXHash3 } from "hash-wasm";
import type { InstallationSecret } from "./installation-secret.ts";

/** The hash of a key's id, decimal. */
export type CredentialHash = (credential: string) => string;

const MULTIPLIER = 0x9ddfea08eb382d69n;
const XXH3 = await createXXHash3();
const KIND = xxh3("credential");

/**
 * Hashes keys' ids here as intake does in the engine, `sipHash64Keyed(secret, xxh3('credential', id))`: in some microseconds,
 * so that a question about a key need not wait for a query.
 */
export function credentialHash(secret: InstallationSecret): CredentialHash {
  const [k0, k1] = [secret.key.readBigUInt64LE(0), secret.key.readBigUInt64LE(8)];
  return (credential) => sipHash(k0, k1, combined(KIND, xxh3(credential))).toString();
}

function xxh3(text: string): bigint {
  return BigInt(`0x${XXH3.init().update(Buffer.from(text)).digest()}`);
}

/** How the engine makes one hash of two: CityHash's `Hash128to64`. */
function combined(low: bigint, high: bigint): bigint {
  let a = word((low ^ high) * MULTIPLIER);
  a ^= a >> 47n;
  let b = word((high ^ a) * MULTIPLIER);
  b ^= b >> 47n;
  return word(b * MULTIPLIER);
}

/** SipHash-2-4 of eight bytes (Aumasson and Bernstein, 2012). */
function sipHash(k0: bigint, k1: bigint, value: bigint): bigint {
  let [v0, v1] = [k0 ^ 0x736f6d6570736575n, k1 ^ 0x646f72616e646f6dn];
  let [v2, v3] = [k0 ^ 0x6c7967656e657261n, k1 ^ 0x7465646279746573n];
  const mix = (rounds: number): void => {
    for (let round = 0; round < rounds; round++) {
      v0 = word(v0 + v1);
      v1 = rotated(v1, 13n) ^ v0;
      v2 = word(v2 + v3);
      v3 = rotated(v3, 16n) ^ v2;
      v0 = word(rotated(v0, 32n) + v3);
      v3 = rotated(v3, 21n) ^ v0;
      v2 = word(v2 + v1);
      v1 = rotated(v1, 17n) ^ v2;
      v2 = rotated(v2, 32n);
    }
  };
  for (const block of [value, 8n << 56n]) {
    v3 ^= block;
    mix(2);
    v0 ^= block;
  }
  v2 ^= 0xffn;
  mix(4);
  return v0 ^ v1 ^ v2 ^ v3;
}

function rotated(h: bigint, by: bigint): bigint {
  return word(h << by) | (h >> (64n - by));
}

function word(h: bigint): bigint {
  return BigInt.asUintN(64, h);
}
