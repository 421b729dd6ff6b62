/** What is known of a member before it is measured, and after it was erased. */
export const UNMEASURED = {
  measured: null,
  protected: null,
  since: null,
  organization: null,
  program: null,
  agreement: null,
  week_exchanges: null,
  week_tokens: null,
  week_billed: null,
} as const;
