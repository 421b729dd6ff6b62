import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { DescribedSignal } from "../../../scripts/docs/signal-header.ts";
import { withSignalHeader } from "../../../scripts/docs/signal-header.ts";

const signal: DescribedSignal = {
  id: "rhythm",
  title: "Shared rhythm",
  axis: "coordination",
  channel: "time",
  summary: "Accounts that beat together.",
  references: [],
  falsePositives: ["A choir."],
  blindSpots: ["Silence."],
  needs: "time",
  parameters: z.object({
    window_seconds: z.number().default(60).describe("How long a beat lasts."),
  }),
};

describe("a signal's page", () => {
  it("starts with what the metadata say, and leaves out what is empty", () => {
    expect(withSignalHeader("Written by hand.", signal)).toMatchInlineSnapshot(`
      "<!-- Generated from the signal's metadata by npm run generate: do not edit. -->

      # Shared rhythm

      \`rhythm\` · axis: coordination · channel: time

      Accounts that beat together.

      Blind without: time.

      ## Legitimate look-alikes

      - A choir.

      ## Blind spots

      - Silence.

      ## Parameters

      - \`window_seconds\` (default 60): How long a beat lasts.

      <!-- End of the generated part. -->

      Written by hand.
      "
    `);
  });

  it("keeps what was written by hand when the metadata change, and settles at once", () => {
    const first = withSignalHeader("Written by hand.", signal);
    const second = withSignalHeader(first, { ...signal, title: "Common rhythm" });
    expect(second).toContain("# Common rhythm");
    expect(second).not.toContain("# Shared rhythm");
    expect(second.match(/Written by hand\./g)).toHaveLength(1);
    expect(withSignalHeader(second, { ...signal, title: "Common rhythm" })).toBe(second);
  });
});
