import { type Markup, html, trusted } from "./markup.ts";

/** Counts as an area of steps, in a picture without text that can stretch to any width; `over` is drawn above it. Sizes in units of its view box. */
export function stepArea(
  sums: ArrayLike<number>,
  size: { readonly width: number; readonly height: number },
  kind: string,
  over?: readonly Markup[],
): Markup {
  return html`<svg
    viewBox="0 0 ${size.width} ${size.height}"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <path class="${kind}" d="${trusted(path(sums, size))}" />
    ${over}
  </svg>`;
}

function path(
  sums: ArrayLike<number>,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const peak = Array.from(sums).reduce((most, sum) => Math.max(most, sum), 0);
  const step = width / sums.length;
  let drawn = `M0 ${height}`;
  let level = height;
  for (let at = 0; at < sums.length; at++) {
    const next = peak === 0 ? height : Math.round((1 - sums[at]! / peak) * height);
    if (next === level) continue;
    drawn += `H${fixed(at * step)}V${next}`;
    level = next;
  }
  return `${drawn}H${width}V${height}Z`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
