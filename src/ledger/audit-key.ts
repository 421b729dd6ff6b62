import { createPublicKey, hash, type KeyObject } from "node:crypto";
import { StillwatchError } from "../core/errors.ts";

/** A public key that checks the audit's signatures. */
export interface AuditKey {
  /** The first 16 hexadecimal digits of the SHA-256 of its SPKI form. */
  readonly id: string;
  readonly key: KeyObject;
}

/** A public key in PEM (SPKI). Throws SW_DATA_UNUSABLE where it is none for Ed25519. */
export function readAuditKey(path: string, pem: string): AuditKey {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === "ed25519") return { id: auditKeyId(key), key };
  } catch {
    // Said below: what is no key at all gets the same words.
  }
  const reason = "it is no Ed25519 public key in PEM";
  throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason });
}

/** A public key in PEM. */
export function auditKeyText({ key }: AuditKey): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}

/** See `AuditKey`. */
export function auditKeyId(key: KeyObject): string {
  return hash("sha256", key.export({ type: "spki", format: "der" })).slice(0, 16);
}
