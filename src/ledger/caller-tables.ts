/** Who is signed in; see `sessions.ts`. */
export interface SessionRow {
  readonly sha256: string;
  readonly user_name: string;
  readonly begun: string;
  readonly seen: string;
}

/** A code that signs a user in once. */
export interface SignInCodeRow {
  readonly sha256: string;
  readonly user_name: string;
  readonly expires: string;
}

/** By what a machine calls; see `token-rows.ts`. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  /** JSON: a list. */
  readonly scopes: string;
  readonly sha256: string;
  readonly line_rate: number | null;
  readonly byte_rate: number | null;
  readonly created: string;
  readonly revoked: string | null;
}
