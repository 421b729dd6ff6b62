import { defineConfig } from "vitest/config";

/** `npm run test:system`: whole processes, browsers, kills and floods; one at a time. */
export default defineConfig({
  test: {
    include: ["test/**/*.system.test.ts"],
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
    allowOnly: false,
    passWithNoTests: true,
  },
});
