/** What another service can be asked to do. */
export const COMMANDS = ["suspend", "limit", "verify", "rotate_key", "lift"] as const;
/** One of `COMMANDS`. */
export type Command = (typeof COMMANDS)[number];

/** How far a command has come. */
export const COMMAND_STATES = [
  "queued",
  "sent",
  "applied",
  "refused",
  "failed",
  "withdrawn",
] as const;
/** One of `COMMAND_STATES`. */
export type CommandState = (typeof COMMAND_STATES)[number];
