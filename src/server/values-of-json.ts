const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING: readonly number[] = [0x5b, 0x7b];

/** About how many values JSON holds, without reading it: commas and opening brackets outside of strings; stops beyond `most`. A few ms a MB. */
export function valuesOfJson(bytes: Buffer, most: number): number {
  let values = 0;
  for (let at = 0; at < bytes.length && values <= most; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA || OPENING.includes(byte)) values++;
  }
  return values;
}

/** Where a string that begins at a quote ends; texts are nearly all of a body, so they are looked through natively. */
function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return bytes.length;
}
