/** A stream that remembers what was written to it. */
export function recordingStream(
  shape: { readonly isTTY?: boolean; readonly columns?: number } = {},
) {
  const writes: string[] = [];
  return {
    ...shape,
    writes,
    write: (text: string) => {
      writes.push(text);
      return true;
    },
    text: () => writes.join(""),
  };
}
