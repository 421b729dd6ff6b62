/** A flat list of number pairs. */
export interface GrowingPairs {
  push(a: number, b: number): void;
  /** What was pushed, two numbers a pair; a view that the next push may leave behind. */
  pairs(): Uint32Array;
}

/** An empty list that doubles as it grows: 8 bytes a pair, at most twice that. */
export function growingPairs(): GrowingPairs {
  let data = new Uint32Array(1024);
  let length = 0;
  return {
    push(a, b) {
      if (length === data.length) {
        const wider = new Uint32Array(data.length * 2);
        wider.set(data);
        data = wider;
      }
      data[length++] = a;
      data[length++] = b;
    },
    pairs: () => data.subarray(0, length),
  };
}
