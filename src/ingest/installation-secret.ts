import { hkdfSync, randomBytes } from "node:crypto";
import { openSecrets, type SecretKey, type Secrets } from "./secrets-file.ts";

/** A key of 32 bytes and its id. */
export interface KnownKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The key that fingerprints are made with, and the id stored beside them so that keys can be rotated. */
export interface InstallationSecret extends KnownKey {
  /** Keys that wrap the keys of texts, the newest last; derived from `key` until they are first rotated. */
  readonly wrapping?: readonly KnownKey[];
}

/** The secret in the form that the engine's sipHash64Keyed takes, as decimal UInt64. */
export interface SipKey {
  readonly k0: string;
  readonly k1: string;
}

/**
 * The current secret of a data folder, from `secrets.json` (mode 0600), made on first use.
 * Throws SW_DATA_UNUSABLE where the file is open to group or others, is damaged, or cannot be made.
 */
export async function loadSecret(
  folder: string,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<InstallationSecret> {
  const make = (): Secrets => ({ version: 1, keys: [newKey(random)] });
  return secretOf(await openSecrets(folder, make));
}

/** All keys a folder ever made fingerprints and records with, the newest last. Throws SW_DATA_UNUSABLE. */
export async function allKeys(folder: string): Promise<readonly KnownKey[]> {
  const { keys } = await openSecrets(folder, () => ({ version: 1, keys: [newKey(randomBytes)] }));
  return keys.map(keyOf);
}

/** The current secret among a folder's. */
export function secretOf({ keys, wrapping }: Secrets): InstallationSecret {
  const current = keyOf(keys.at(-1)!);
  return wrapping === undefined ? current : { ...current, wrapping: wrapping.map(keyOf) };
}

/** A fresh key as `secrets.json` holds it. */
export function newKey(random: (bytes: number) => Buffer): SecretKey {
  return { id: random(4).toString("hex"), key: random(32).toString("hex") };
}

/** The two halves of the secret's first 16 bytes. */
export function sipKeyOf(secret: InstallationSecret): SipKey {
  return {
    k0: secret.key.readBigUInt64LE(0).toString(),
    k1: secret.key.readBigUInt64LE(8).toString(),
  };
}

/** The keys that wrap the keys of texts, the newest last. Before the first rotation it is HKDF-SHA256 (RFC 5869) of the secret. */
export function wrappingKeysOf({ id, key, wrapping }: InstallationSecret): readonly KnownKey[] {
  if (wrapping !== undefined) return wrapping;
  const derived = hkdfSync("sha256", key, "", "stillwatch: keys of texts", 32);
  return [{ id, key: Buffer.from(derived) }];
}

function keyOf({ id, key }: SecretKey): KnownKey {
  return { id, key: Buffer.from(key, "hex") };
}
