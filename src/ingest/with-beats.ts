/**
 * The values of a source, and `undefined` about every `everyMs` milliseconds, whether or not values come. A beat never
 * falls between a value's arrival and its delivery. Leaving the loop ends the source without waiting for its next value.
 */
export async function* withBeats<T extends object>(
  source: AsyncIterable<T>,
  everyMs: number,
): AsyncGenerator<T | undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let beat = beatAfter(everyMs);
  let taken = iterator.next();
  try {
    for (;;) {
      const got = await Promise.race([taken, beat.passed]);
      if (got === undefined) {
        beat = beatAfter(everyMs);
        yield undefined;
      } else {
        if (got.done === true) return;
        yield got.value;
        taken = iterator.next();
      }
    }
  } finally {
    beat.stop();
    taken.catch(() => {});
    void iterator.return?.().catch(() => {});
  }
}

interface Beat {
  readonly passed: Promise<undefined>;
  readonly stop: () => void;
}

function beatAfter(milliseconds: number): Beat {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), milliseconds);
  return { passed: promise, stop: () => clearTimeout(timer) };
}
