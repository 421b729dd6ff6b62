/** How many rows one statement takes: engines bound how many values a statement may hold. */
const PIECE = 1000;

/** A list in pieces that one statement can take, in order. */
export function pieces<T>(list: readonly T[]): readonly (readonly T[])[] {
  const cut: (readonly T[])[] = [];
  for (let i = 0; i < list.length; i += PIECE) cut.push(list.slice(i, i + PIECE));
  return cut;
}
