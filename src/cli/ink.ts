import { styleText } from "node:util";

/** Colours for one stream, or the plain text where it takes none. */
export interface Ink {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly alert: (text: string) => string;
  readonly calm: (text: string) => string;
}

/** No colour at all. */
export const plainInk: Ink = {
  strong: (text) => text,
  faint: (text) => text,
  alert: (text) => text,
  calm: (text) => text,
};

/** Colours where the stream is a terminal that shows them and NO_COLOR (no-color.org) is unset or empty. */
export function inkFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Ink {
  const refused = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  if (stream.isTTY !== true || refused) return plainInk;
  const styled = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(style, text, { validateStream: false });
  return {
    strong: styled("bold"),
    faint: styled("dim"),
    alert: styled(["bold", "yellow"]),
    calm: styled("green"),
  };
}
