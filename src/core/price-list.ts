/** What a provider asks for its models: a file of `--prices`. None is shipped: prices change, and differ by customer. */
export interface PriceList {
  /** ISO 4217, such as USD. */
  readonly currency: string;
  /** By model: price of a million tokens. `cached` input costs as much as other input where it is absent. */
  readonly models: Readonly<
    Record<
      string,
      { readonly input: number; readonly cached?: number | undefined; readonly output: number }
    >
  >;
}
