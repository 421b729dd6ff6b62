import { z } from "zod";
import { readConfigFile } from "../core/config-file.ts";
import { StillwatchError } from "../core/errors.ts";
import { COMMANDED_STEPS, type CommandedStep } from "../ledger/queue-commands.ts";
import { outsideUrl } from "./outside-url.ts";
import { SECRET_FORM } from "./sign-webhook.ts";

/** The provider's own account service. */
export interface AccountService {
  readonly url: URL;
  /** What commands are signed with; a second one while the service changes to it. */
  readonly secrets: readonly string[];
}

/** A cloud, an aggregator or a reseller, whose accounts the provider can't act on itself. */
export interface Recipient {
  readonly name: string;
  /** Of exchanges: the doors that are its. */
  readonly platforms: readonly string[];
  /** Of accounts: what their `parent` says. */
  readonly parents: readonly string[];
}

/** What becomes of steps outside of the gateway. */
export interface OutboxSettings {
  readonly service: AccountService;
  readonly steps: readonly CommandedStep[];
  readonly reconcileMinutes: number;
  readonly referrals:
    | {
        readonly folder: string;
        /** Where an abuse desk can ask back. */
        readonly contact: string;
        readonly recipients: readonly Recipient[];
      }
    | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const variable = z.string().regex(/^[A-Za-z_]\w*$/, "write the name of an environment variable");
const names = z.array(z.string().min(1)).default([]);

const settingsShape = z.strictObject({
  version: z.literal(1).default(1),
  service: z.strictObject({
    url: z.string().optional(),
    url_env: variable.optional(),
    secret_env: variable,
    next_secret_env: variable.optional(),
  }),
  steps: z
    .array(z.enum(COMMANDED_STEPS))
    .min(1)
    .default([...COMMANDED_STEPS]),
  reconcile_minutes: z.number().min(1).max(1440).default(15),
  referrals: z
    .strictObject({
      folder: z.string().min(1),
      contact: z.string().min(1).max(200),
      recipients: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[\w-]{1,40}$/, "use 1 to 40 letters, digits, _ and -"),
            platforms: names,
            parents: names,
          }),
        )
        .min(1)
        .refine(
          (all) => new Set(all.map(({ name }) => name)).size === all.length,
          "names must differ",
        ),
    })
    .optional(),
});

/**
 * A commands file (YAML), its secrets taken from the environment by the names it gives. Throws SW_INPUT_MISSING,
 * SW_INPUT_UNREADABLE, SW_CONFIG_INVALID with line and key, and SW_COMMANDS_INVALID for what a variable holds.
 */
export function readOutboxSettings(file: string, environment: Environment): OutboxSettings {
  const { service, steps, reconcile_minutes, referrals } = readConfigFile(file, settingsShape);
  const refuse = (reason: string): StillwatchError =>
    new StillwatchError("SW_COMMANDS_INVALID", { file, reason });
  return {
    service: serviceOf(service, environment, refuse),
    steps,
    reconcileMinutes: reconcile_minutes,
    referrals,
  };
}

function serviceOf(
  said: z.infer<typeof settingsShape>["service"],
  environment: Environment,
  refuse: (reason: string) => StillwatchError,
): AccountService {
  const { url, url_env, secret_env, next_secret_env } = said;
  const read = (from: string): string => {
    const value = environment[from];
    if (value === undefined || value === "") throw refuse(`${from} is not set`);
    return value;
  };
  if ((url === undefined) === (url_env === undefined)) throw refuse("give url or url_env");
  const secrets = [secret_env, ...(next_secret_env === undefined ? [] : [next_secret_env])].map(
    (from) => {
      const secret = read(from);
      if (SECRET_FORM.test(secret)) return secret;
      throw refuse(`${from} holds no secret: whsec_ and the base64 of 24 to 64 random bytes`);
    },
  );
  const address = outsideUrl(url ?? read(url_env ?? ""));
  if (typeof address === "string") throw refuse(address);
  return { url: address, secrets };
}

/** A commands file to begin from. */
export const EXAMPLE_COMMANDS = `# What becomes of steps outside of the gateway. Secrets stay in the environment: here are only their names.
# Make a secret with: echo "whsec_$(openssl rand -base64 32)"

# The service of yours that can suspend, limit and verify accounts, and replace their keys. docs/guide.md says what it is sent.
service:
  url: https://accounts.example.com/stillwatch
  secret_env: STILLWATCH_COMMANDS_SECRET
  # While the service changes to another secret, commands are signed with both.
  # next_secret_env: STILLWATCH_COMMANDS_NEXT_SECRET

# Steps that it is told of: deny (suspend, or rotate_key where the account's key was stolen), limit, verify.
steps: [deny, limit, verify]

# How often it is asked what became of commands that it took and did not answer for at once.
reconcile_minutes: 15

# Accounts behind a cloud, an aggregator or a reseller: a packet for its abuse desk is written instead. Every other account is yours.
# referrals:
#   folder: ./referrals
#   contact: abuse@example.com
#   recipients:
#     - name: cloud-a
#       platforms: [cloud-a]
#     - name: reseller-7
#       parents: [acct_reseller_7]
`;
