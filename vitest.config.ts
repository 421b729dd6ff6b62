import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** `npm test`: everything that needs nothing but this folder. The engine crashes in worker threads, hence forks. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/**/*.system.test.ts"],
    pool: "forks",
    // Every process that a test starts reads the same sources: compiled once, it starts in half the time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/compiled") },
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 20_000,
    // What is waited for comes in milliseconds; on a machine that is busy with other things it may take seconds.
    expect: { poll: { timeout: 50_000, interval: 20 } },
    allowOnly: false,
  },
});
