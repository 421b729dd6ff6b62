import { learnKeys } from "../judge/learn-keys.ts";

/** Keeps the keys of accounts with steps as the traffic has them. */
export interface KeyKeeper {
  /** Looks for the keys of all accounts with steps. */
  assessed(): void;
  /** Looks for the keys of these accounts, on which steps were decided. */
  decided(accounts: readonly string[]): void;
  /** Ends when what was begun is done. */
  close(): Promise<void>;
}

/** What fails is told, and made up for at the next tick. */
export function keepKeys(options: {
  readonly ledger: Parameters<typeof learnKeys>[0];
  readonly from: Parameters<typeof learnKeys>[1];
  readonly onFailure: (error: unknown) => void;
}): KeyKeeper {
  const { ledger, from, onFailure } = options;
  let closing = false;
  let working: Promise<unknown> = Promise.resolve();
  const learn = (some?: readonly string[]): void => {
    if (!closing) working = working.then(() => learnKeys(ledger, from, some)).catch(onFailure);
  };
  return {
    assessed: () => learn(),
    decided: learn,
    async close() {
      closing = true;
      await working;
    },
  };
}
