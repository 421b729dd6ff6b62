import { describe, it } from "vitest";
import { killRounds } from "./kill-rounds.ts";

describe("a server that is killed a hundred times while it is sent to", () => {
  it("loses nothing that it acknowledged and counts nothing twice", { timeout: 900_000 }, () =>
    killRounds(100, 61),
  );
});
