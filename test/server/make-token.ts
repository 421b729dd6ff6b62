import { openLedger } from "../../src/ledger/open-ledger.ts";
import { createToken, type TokenOrder } from "../../src/server/tokens.ts";
import { NOW } from "../ingest/intake-bench.ts";

/** Makes a token as a command beside the server does. */
export async function makeToken(dataDir: string, order: TokenOrder) {
  const ledger = await openLedger({ dataDir, now: () => NOW });
  try {
    return await createToken(ledger, order);
  } finally {
    await ledger.close();
  }
}
