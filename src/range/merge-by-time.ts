import type { Actor, Draft, Due } from "./world.ts";

interface Waiting {
  readonly due: Due;
  readonly order: number;
  readonly iterator: Iterator<Due>;
}

/** One exchange of the world. `order` is its actor's place among the actors. */
export interface Ordered {
  readonly time: number;
  readonly order: number;
  readonly draft: Draft;
}

/** All actors' exchanges in time order. One exchange an actor is held at a time, so memory grows with actors, not with traffic; each is made only when its turn comes, so actors may share state. O(log actors) an exchange. Ties go to the earlier actor. */
export const mergeByTime: (
  actors: readonly Actor[],
) => Generator<{ readonly time: number; readonly draft: Draft }> = mergeInOrder;

/** `mergeByTime`, saying whose each exchange is. */
export function* mergeInOrder(actors: readonly Actor[]): Generator<Ordered> {
  const heap: Waiting[] = [];
  actors.forEach((actor, order) => {
    const iterator = actor.due();
    const first = iterator.next();
    if (first.done !== true) push(heap, { due: first.value, order, iterator });
  });
  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    const { due, order, iterator } = top;
    yield { time: due.time, order, draft: due.take() };
    const next = iterator.next();
    if (next.done === true) pop(heap);
    else {
      if (next.value.time < due.time) throw new RangeError(`actor ${order} went back in time`);
      heap[0] = { due: next.value, order, iterator };
      sink(heap);
    }
  }
}

const before = (a: Waiting, b: Waiting): boolean =>
  a.due.time < b.due.time || (a.due.time === b.due.time && a.order < b.order);

function push(heap: Waiting[], entry: Waiting): void {
  let i = heap.push(entry) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (before(heap[parent] as Waiting, entry)) break;
    heap[i] = heap[parent] as Waiting;
    i = parent;
  }
  heap[i] = entry;
}

function pop(heap: Waiting[]): void {
  const last = heap.pop() as Waiting;
  if (heap.length === 0) return;
  heap[0] = last;
  sink(heap);
}

function sink(heap: Waiting[]): void {
  const entry = heap[0] as Waiting;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Waiting, heap[child] as Waiting))
      child++;
    if (before(entry, heap[child] as Waiting)) break;
    heap[i] = heap[child] as Waiting;
    i = child;
  }
  heap[i] = entry;
}
