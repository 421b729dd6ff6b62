import { createHmac } from "node:crypto";
import { z } from "zod";
import { credentialHash } from "./credential-hash.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { timeField } from "./time-field.ts";

const text = z.string().nullish();
const time = timeField.nullish();
/** A fingerprint made by the provider; numbers are let through because many hash to integers. */
const trait = z.union([z.string(), z.number()]).nullish();

/** A line about an account, as the design describes it. Unknown fields are dropped. */
export const accountShape = z.object({
  account: z.string().min(1).max(512),
  time,
  parent: text,
  created: time,
  organization: text,
  plan: text,
  credits: z.number().nullish(),
  program: text,
  email_domain: text,
  payment: trait,
  phone: trait,
  device: trait,
  payment_country: text,
  country: text,
  verification: z.object({ level: text, method: text, at: time }).nullish(),
  terms: z.object({ version: text, accepted: time }).nullish(),
  protected: z.boolean().nullish(),
  status: text,
  suspended: time,
  agreement: text,
  /** Ids of its keys. */
  credentials: z.array(z.string()).max(10_000).nullish(),
  text: z.enum(["keep", "transient", "none"]).nullish(),
});

/** A line about an account. */
export type AccountLine = z.infer<typeof accountShape>;

/** A line without a time holds from the beginning. */
const BEGINNING = "1970-01-01T00:00:00.000Z";

/** The row of `accounts` for a line. Payment, phone, device and keys' ids become keyed hashes; nothing else of them stays. */
export function accountRow(line: AccountLine, secret: InstallationSecret): object {
  const hashOf = credentialHash(secret);
  return {
    account: line.account,
    from: line.time ?? BEGINNING,
    organization: line.organization ?? "",
    parent: line.parent ?? "",
    created: line.created ?? null,
    plan: line.plan ?? "",
    credits: line.credits ?? 0,
    program: line.program ?? "",
    email_domain: (line.email_domain ?? "").toLowerCase(),
    payment: keyedHash(secret, "payment", line.payment),
    phone: keyedHash(secret, "phone", line.phone),
    device: keyedHash(secret, "device", line.device),
    payment_country: line.payment_country ?? "",
    country: line.country ?? "",
    verification_level: line.verification?.level ?? "",
    verification_method: line.verification?.method ?? "",
    verified_at: line.verification?.at ?? null,
    terms_version: line.terms?.version ?? "",
    protected: line.protected ?? false,
    status: line.status ?? "",
    suspended: line.suspended ?? null,
    agreement: line.agreement ?? "",
    credentials: (line.credentials ?? []).filter((id) => id !== "").map(hashOf),
    text: line.text ?? "",
  };
}

/** The first 64 bits of HMAC-SHA256 as decimal UInt64; 0 where there is nothing to hash. */
function keyedHash(
  secret: InstallationSecret,
  kind: string,
  value: string | number | null | undefined,
): string {
  if (value === null || value === undefined || value === "") return "0";
  const digest = createHmac("sha256", secret.key).update(`${kind}\0${value}`).digest();
  return digest.readBigUInt64LE(0).toString();
}
