/** How much an agreement allows in its whole term; an absent limit is none. */
export interface AgreementBudget {
  readonly exchanges?: number | undefined;
  readonly output_tokens?: number | undefined;
}

/** A permission to make training data from outputs: who may, with which models, how much, until when. */
export interface Agreement {
  readonly id: string;
  readonly customer: string;
  /** The parties it covers; at least one organization or account. */
  readonly organizations: readonly string[];
  readonly accounts: readonly string[];
  /** The models it covers; empty means all. */
  readonly models: readonly string[];
  readonly purpose: string;
  readonly budget?: AgreementBudget | undefined;
  /** Holds from `from` (included) to `until` (not included); ISO 8601 in UTC. */
  readonly from: string;
  readonly until: string;
  /** Where the signed paper is, and the SHA-256 (hexadecimal) of its file, which stays there. */
  readonly document?: string | undefined;
  readonly document_sha256?: string | undefined;
}
