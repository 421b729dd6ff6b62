import { describe, it } from "vitest";
import { killRounds } from "./kill-rounds.ts";

describe("a server that is killed eight times while it is sent to", () => {
  it("loses nothing that it acknowledged and counts nothing twice", { timeout: 600_000 }, () =>
    killRounds(8, 6),
  );
});
