import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";

/**
 * Encrypts and authenticates bytes with AES-256-GCM (NIST SP 800-38D) under a key of 32 bytes: nonce, ciphertext, tag, as base64.
 * `context` is authenticated and not stored: what was sealed for one place opens in no other. Nonces are random, so a key
 * should seal fewer than 2³² times.
 */
export function seal(
  plain: Buffer,
  key: Buffer,
  context: string,
  random: (bytes: number) => Buffer = randomBytes,
): string {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString("base64");
}

/** The bytes that `seal` was given; undefined where key or context are others, or a bit has changed. */
export function unseal(sealed: string, key: Buffer, context: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const end = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(end));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()]);
  } catch {
    return undefined;
  }
}
