const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with thousands separated by commas: `1,204,000`. */
export function grouped(value: number): string {
  return WHOLE.format(Math.round(value));
}

/** A count with its noun: `1 account`, `2,400 accounts`; `plural` where adding an s is not enough. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(value)} ${Math.round(value) === 1 ? noun : plural}`;
}

/** A share of 0 to 1 in per cent: `12 %`; `<1 %` rather than a false nought, `>99 %` rather than a false whole. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  if (share < 1 && share > 0.99) return ">99 %";
  return `${Math.round(share * 100)} %`;
}
