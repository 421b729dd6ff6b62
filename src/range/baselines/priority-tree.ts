/** The least of many priorities, any of which may change: a complete binary tree of minima. */
export interface PriorityTree {
  /** Sets a node's priority; `Infinity` takes it out. O(log n), less where the minima above don't change. */
  set(node: number, priority: number): void;
  get(node: number): number;
  /** The node of least priority, the lowest number among equals; −1 where none is left. O(log n). */
  least(): number;
}

/** A tree over the given priorities, node by node. O(n). */
export function makePriorityTree(priorities: Float64Array): PriorityTree {
  let leaves = 1;
  while (leaves < priorities.length) leaves *= 2;
  const minima = new Float64Array(2 * leaves).fill(Infinity);
  minima.set(priorities, leaves);
  for (let i = leaves - 1; i > 0; i--) minima[i] = Math.min(minima[2 * i]!, minima[2 * i + 1]!);
  return {
    get: (node) => minima[leaves + node]!,
    set(node, priority) {
      let at = leaves + node;
      minima[at] = priority;
      while (at > 1) {
        at >>= 1;
        const least = Math.min(minima[2 * at]!, minima[2 * at + 1]!);
        if (minima[at] === least) return;
        minima[at] = least;
      }
    },
    least() {
      if (minima[1] === Infinity) return -1;
      let at = 1;
      while (at < leaves) at = minima[2 * at]! <= minima[2 * at + 1]! ? 2 * at : 2 * at + 1;
      return at - leaves;
    },
  };
}
