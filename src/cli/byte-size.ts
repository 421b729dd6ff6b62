import { StillwatchError } from "../core/errors.ts";

const BYTES: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9 };

/** Reads `500kB`, `64MB` or `1.5GB` as bytes. `option` is named in the error. Throws SW_USAGE for anything else, or outside `least` to `most` bytes. */
export function parseByteSize(
  text: string,
  option: string,
  limits: { readonly least: number; readonly most: number },
): number {
  const parts = /^(\d+(?:\.\d+)?) ?([kmg]b)$/i.exec(text.trim());
  const bytes = Number(parts?.[1] ?? Number.NaN) * (BYTES[(parts?.[2] ?? "").toLowerCase()] ?? 0);
  if (!Number.isFinite(bytes)) {
    throw usage(`${option} ${text}: not a size. Write a number and a unit, such as 500kB or 64MB.`);
  }
  if (bytes < limits.least || bytes > limits.most) {
    throw usage(
      `${option} ${text}: out of range. Give ${byteSize(limits.least)} to ${byteSize(limits.most)}.`,
    );
  }
  return Math.round(bytes);
}

/** Bytes as people read them: `64 MB`, `1.2 GB`, `8 kB`. */
export function byteSize(bytes: number): string {
  const [name, unit] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  const value = bytes / unit;
  return `${value < 10 && value % 1 >= 0.05 ? value.toFixed(1) : Math.round(value)} ${name}`;
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}
