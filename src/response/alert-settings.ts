import { z } from "zod";
import { readConfigFile } from "../core/config-file.ts";
import { StillwatchError } from "../core/errors.ts";
import { SEVERITIES } from "./alert.ts";
import { outsideUrl } from "./outside-url.ts";
import type { QuietHours } from "./quiet-hours.ts";
import { SECRET_FORM } from "./sign-webhook.ts";

/** Where alerts are sent. */
export interface Webhook {
  /** What it goes by in the outbox and in messages; no two have the same. */
  readonly name: string;
  readonly url: URL;
  readonly format: "standard" | "slack";
  /** What messages are signed with; a second one while receivers change to it. None for Slack. */
  readonly secrets: readonly string[];
}

/** How alerts are written, held back and sent. */
export interface AlertSettings {
  readonly webhooks: readonly Webhook[];
  readonly link: string | null;
  readonly nameAccounts: boolean;
  /** How long an alert waits for others, to go with them as one message. */
  readonly gatherMinutes: number;
  readonly quiet: QuietHours | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "write a time as HH:MM");
const variable = z.string().regex(/^[A-Za-z_]\w*$/, "write the name of an environment variable");

const webhookShape = z.strictObject({
  name: z.string().regex(/^[\w-]{1,40}$/, "use 1 to 40 letters, digits, _ and -"),
  format: z.enum(["standard", "slack"]).default("standard"),
  url: z.string().optional(),
  url_env: variable.optional(),
  secret_env: variable.optional(),
  next_secret_env: variable.optional(),
});

const settingsShape = z.strictObject({
  version: z.literal(1).default(1),
  link: z.string().startsWith("http").optional(),
  name_accounts: z.boolean().default(false),
  gather_minutes: z.number().min(0).max(1440).default(5),
  quiet_hours: z
    .strictObject({
      from: clockTime,
      to: clockTime,
      time_zone: z.string().refine(isTimeZone, "name a time zone such as Europe/Berlin"),
      through: z.enum(SEVERITIES).default("high"),
    })
    .optional(),
  webhooks: z
    .array(webhookShape)
    .min(1)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "names must differ"),
});

/**
 * An alerts file (YAML), its secrets taken from the environment by the names it gives. Throws SW_INPUT_MISSING,
 * SW_INPUT_UNREADABLE, SW_CONFIG_INVALID with line and key, and SW_ALERTS_INVALID for what a variable holds.
 */
export function readAlertSettings(file: string, environment: Environment): AlertSettings {
  const said = readConfigFile(file, settingsShape);
  const { quiet_hours: quiet } = said;
  return {
    webhooks: said.webhooks.map((webhook) => webhookOf(webhook, file, environment)),
    link: said.link ?? null,
    nameAccounts: said.name_accounts,
    gatherMinutes: said.gather_minutes,
    quiet: quiet && {
      from: quiet.from,
      to: quiet.to,
      timeZone: quiet.time_zone,
      through: quiet.through,
    },
  };
}

function webhookOf(
  said: z.infer<typeof webhookShape>,
  file: string,
  environment: Environment,
): Webhook {
  const { name, format, url, url_env, secret_env, next_secret_env } = said;
  const refuse = (reason: string): StillwatchError =>
    new StillwatchError("SW_ALERTS_INVALID", { file, webhook: name, reason });
  const read = (from: string): string => {
    const value = environment[from];
    if (value === undefined || value === "") throw refuse(`${from} is not set`);
    return value;
  };
  if ((url === undefined) === (url_env === undefined)) throw refuse("give url or url_env");
  const secretNames = [secret_env, next_secret_env].filter((one) => one !== undefined);
  if (format === "standard" && secret_env === undefined) throw refuse("give secret_env");
  if (format === "slack" && secretNames.length > 0) {
    throw refuse("Slack checks no signature: leave out the secrets, and keep its URL in url_env");
  }
  const secrets = secretNames.map((from) => {
    const secret = read(from);
    if (SECRET_FORM.test(secret)) return secret;
    throw refuse(`${from} holds no secret: whsec_ and the base64 of 24 to 64 random bytes`);
  });
  const address = outsideUrl(url ?? read(url_env ?? ""));
  if (typeof address === "string") throw refuse(address);
  return { name, format, url: address, secrets };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** An alerts file to begin from. */
export const EXAMPLE_ALERTS = `# Where alerts go, and when. Secrets and secret addresses stay in the environment: here are only their names.
# Make a secret with: echo "whsec_$(openssl rand -base64 32)"

# Where a group can be read of; {group} stands for its id.
# link: https://stillwatch.example.com/groups/{group}

# Whether messages name the heaviest 100 accounts of a group; otherwise they hold counts only.
name_accounts: false

# Alerts of so many minutes go out as one message; who breaks glass is told at once, also in quiet hours.
gather_minutes: 5

# Only alerts of this severity or more are sent in these hours; the others go together when they end.
# quiet_hours:
#   from: "22:00"
#   to: "07:00"
#   time_zone: Europe/Berlin
#   through: high

webhooks:
  # JSON, signed as Standard Webhooks 1.0 has it.
  - name: on-call
    url: https://alerts.example.com/stillwatch
    secret_env: STILLWATCH_WEBHOOK_SECRET
    # While the receiver changes to another secret, messages are signed with both.
    # next_secret_env: STILLWATCH_WEBHOOK_NEXT_SECRET
  # What Slack's incoming webhooks, and those that speak like them, take.
  # - name: chat
  #   format: slack
  #   url_env: STILLWATCH_SLACK_URL
`;
