import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { readConfigFile } from "../core/config-file.ts";
import { StillwatchError } from "../core/errors.ts";
import { isLoopback } from "../core/loopback.ts";
import type { SessionLimits } from "../ledger/sessions.ts";
import { USER_ROLES, type UserRole } from "../ledger/tables.ts";

/** How people sign in by an identity provider. */
export interface SignInSettings {
  /** Where people reach this server. */
  readonly url: URL;
  readonly issuer: URL;
  readonly clientId: string;
  /** Undefined for a public client. */
  readonly clientSecret: string | undefined;
  /** The claim that holds a user's name. */
  readonly nameClaim: string;
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  /** What groups make people, the first that fits; undefined: only users of the ledger sign in. */
  readonly roles: readonly (readonly [group: string, role: UserRole])[] | undefined;
  readonly limits: SessionLimits;
}

/** How long sessions last where nothing is said. */
export const SESSION_LIMITS: SessionLimits = { idleMs: 30 * 60_000, wholeMs: 12 * 3_600_000 };

/** https, but for this machine. */
const safeUrl = z
  .url()
  .refine(
    (text) => text.startsWith("https://") || isLoopback(new URL(text).hostname),
    "it must be https",
  );

const shape = z.strictObject({
  version: z.literal(1).default(1),
  url: safeUrl.refine((text) => new URL(text).pathname === "/", "give it without a path"),
  issuer: safeUrl,
  client_id: z.string().min(1),
  client_secret_env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, "write the name of an environment variable")
    .optional(),
  client_secret_file: z.string().optional(),
  name_claim: z.string().default("email"),
  scopes: z.array(z.string().regex(/^\S+$/)).default(["email"]),
  groups_claim: z.string().default("groups"),
  roles: z.record(z.string(), z.enum(USER_ROLES)).optional(),
  idle_minutes: z
    .number()
    .min(1)
    .max(1440)
    .default(SESSION_LIMITS.idleMs / 60_000),
  session_hours: z
    .number()
    .min(0.1)
    .max(168)
    .default(SESSION_LIMITS.wholeMs / 3_600_000),
});

/**
 * An `--oidc` file (YAML); its secret comes from the environment or from a file that only its owner reads. Throws
 * SW_INPUT_MISSING, SW_INPUT_UNREADABLE, SW_CONFIG_INVALID with line and key, SW_OIDC_INVALID for the secret.
 */
export function readSignInSettings(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): SignInSettings {
  const said = readConfigFile(file, shape);
  return {
    url: new URL(said.url),
    issuer: new URL(said.issuer),
    clientId: said.client_id,
    clientSecret: secretOf(said, file, environment),
    nameClaim: said.name_claim,
    scopes: [...new Set(["openid", ...said.scopes])],
    groupsClaim: said.groups_claim,
    roles: said.roles && Object.entries(said.roles),
    limits: { idleMs: said.idle_minutes * 60_000, wholeMs: said.session_hours * 3_600_000 },
  };
}

function secretOf(
  { client_secret_env: variable, client_secret_file: path }: z.infer<typeof shape>,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const invalid = (reason: string): StillwatchError =>
    new StillwatchError("SW_OIDC_INVALID", { file, reason });
  if (variable !== undefined && path !== undefined)
    throw invalid("give client_secret_env or client_secret_file, not both");
  if (variable !== undefined) {
    const secret = environment[variable] ?? "";
    if (secret === "") throw invalid(`the environment has no ${variable}`);
    return secret;
  }
  if (path === undefined) return undefined;
  if (((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
    throw invalid(`others may read ${path}; set it to mode 0600`);
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw invalid(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
