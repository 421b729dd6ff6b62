import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm run test:system`: whole processes, browsers, kills and floods; one at a time. */
export default defineConfig({
  test: {
    include: ["test/**/*.system.test.ts"],
    pool: "forks",
    // Every process that a test starts reads the same sources: compiled once, it starts in half the time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/compiled") },
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    // What is waited for comes in milliseconds; on a machine that is busy with other things it may take seconds.
    expect: { poll: { timeout: 60_000, interval: 20 } },
    allowOnly: false,
    passWithNoTests: true,
  },
});
