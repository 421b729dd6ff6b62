/** What the process's exit code says; part of the interface, so never renumbered. */
export const EXIT = {
  /** The command did its work; nothing was flagged. */
  clear: 0,
  /** The command could not do its work. */
  failure: 1,
  /** The command line was wrong; nothing was done. */
  usage: 2,
  /** The scan did its work and flagged at least one group. */
  flagged: 10,
  /** The doctor found something that would weaken a scan. */
  weakened: 11,
  /** The doctor found no line that a scan could use. */
  unusable: 12,
  /** The audit is not as it was written. */
  altered: 13,
  /** Ended by Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;
