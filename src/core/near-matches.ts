/** The names most like `asked`, nearest first: at most three, of those that a few slips of the keyboard explain. O(names × length²). */
export function nearMatches(asked: string, names: Iterable<string>): readonly string[] {
  const most = Math.ceil(asked.length / 3);
  const near: { readonly name: string; readonly away: number }[] = [];
  for (const name of new Set(names)) {
    if (Math.abs(name.length - asked.length) > most) continue;
    const away = editDistance(asked.toLowerCase(), name.toLowerCase());
    if (away <= most) near.push({ name, away });
  }
  return near
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `Did you mean a, b or c?` with a space before it; empty where nothing is near. */
export function didYouMean(near: readonly string[]): string {
  const last = near.at(-1);
  if (last === undefined) return "";
  const others = near.slice(0, -1).join(", ");
  return ` Did you mean ${others === "" ? last : `${others} or ${last}`}?`;
}

/** Levenshtein's distance: fewest characters added, dropped or replaced. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
