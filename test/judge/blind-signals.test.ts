import { expect, it } from "vitest";
import { blindSignals } from "../../src/judge/blind-signals.ts";
import { ALL_SIGNALS } from "../../src/signals/all-signals.ts";

const totals = {
  first: "",
  last: "",
  first_day: "",
  last_day: "",
  rows: "9",
  exchanges: "9",
  accounts: "3",
  with_request: "9",
  with_answer: "9",
  with_usage: "9",
  presenting: "9",
  with_client: "9",
  with_network: "9",
  with_credential: "9",
  with_model: "9",
};
const nothing = Object.fromEntries(Object.keys(totals).map((key) => [key, "0"])) as typeof totals;
const account = { created: 1, plan: "pro" } as Parameters<typeof blindSignals>[1][number];

it("knows of every signal whether it can see", () => {
  expect(blindSignals(totals, [account])).toEqual([]);
  const sighted = ALL_SIGNALS.filter(({ needs }) => needs === "time").map(({ id }) => id);
  const blind = new Set(blindSignals(nothing, []).map(({ signal }) => signal));
  expect(ALL_SIGNALS.filter(({ id }) => !blind.has(id)).map(({ id }) => id)).toEqual(sighted);
});

it("names the field that each one needs", () => {
  const needs = blindSignals({ ...totals, with_credential: "0", with_network: "0" }, [
    { ...account, plan: "" },
  ]);
  expect(needs).toEqual([
    { signal: "network", needs: "client.ip" },
    { signal: "keyspread", needs: "credential, client.ip and client.user_agent" },
    { signal: "subscription", needs: "accounts: plan" },
  ]);
});
