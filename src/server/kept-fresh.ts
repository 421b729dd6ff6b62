/** Something of the ledger that is held in memory. */
export interface KeptFresh<T> {
  /** As it was read last. */
  current(): T;
  /** Reads it now, or waits for the reading that is under way and reads it again. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** How often the ledger is looked at: what another node or command changed counts within a second. */
const EVERY_MS = 500;

/** Reads something, and again twice a second. A reading that fails leaves what was read before; it is told once until one succeeds. */
export async function keepFresh<T>(
  read: () => Promise<T>,
  onFailure: (error: unknown) => void,
): Promise<KeptFresh<T>> {
  let current = await read();
  let told = false;
  let reading: Promise<void> = Promise.resolve();
  const again = async (): Promise<void> => {
    try {
      current = await read();
      told = false;
    } catch (error) {
      if (!told) onFailure(error);
      told = true;
    }
  };
  const refresh = (): Promise<void> => {
    reading = reading.then(again);
    return reading;
  };
  let waiting = false;
  const timer = setInterval(() => {
    if (waiting) return;
    waiting = true;
    void refresh().finally(() => (waiting = false));
  }, EVERY_MS).unref();
  return {
    current: () => current,
    refresh,
    async close() {
      clearInterval(timer);
      await reading;
    },
  };
}
