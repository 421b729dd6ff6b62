import { expect, it } from "vitest";
import { questionInHeaders } from "../../../src/response/gateways/question-in-headers.ts";

it("a gateway asks by headers of ours, and what it leaves empty is not known", () => {
  expect(
    questionInHeaders({
      "x-stillwatch-account": [" acct_9 "],
      "x-stillwatch-credential": ["key_4"],
      "x-stillwatch-model": [""],
      authorization: ["Bearer never-read"],
    }),
  ).toEqual({ account: "acct_9", credential: "key_4" });
});

it("a gateway that can't rename its headers says which it uses", () => {
  const headers = {
    "x-stillwatch-names": ["account = X-Consumer-ID,model=x-model"],
    "x-consumer-id": ["acct_9"],
    "x-model": ["orion-4"],
    "x-stillwatch-account": ["somebody-else"],
    "x-stillwatch-person": ["p_1"],
  };
  expect(questionInHeaders(headers)).toEqual({
    account: "acct_9",
    model: "orion-4",
    person: "p_1",
  });
});

it.each(["account", "account=", "colour=x-colour", "account=x y", "__proto__=x", ""])(
  "a name it can't understand (`%s`) is an error, not an account that nobody has",
  (names) => {
    expect(() =>
      questionInHeaders({ "x-stillwatch-names": [names], "x-stillwatch-account": ["acct_9"] }),
    ).toThrow(/account=x-consumer-id/);
  },
);

it("an id that is not ASCII is read as the UTF-8 it was sent in", () => {
  const sent = Buffer.from("acct_müller").toString("latin1");
  expect(questionInHeaders({ "x-stillwatch-account": [sent] })).toEqual({ account: "acct_müller" });
});

it("a question about nobody is refused, so that a gateway set up wrongly doesn't let everybody pass", () => {
  expect(() => questionInHeaders({ "x-stillwatch-model": ["orion-4"] })).toThrow(
    /names no account/,
  );
});

it.each([
  ["its account", { "x-stillwatch-account": ["acct_8", "acct_9"] }],
  ["its names", { "x-stillwatch-names": ["account=x", "account=y"], x: ["acct_8"], y: ["acct_9"] }],
  ["by another name", { "x-stillwatch-names": ["account=x"], x: ["acct_8", "acct_9"] }],
])("a question that names %s twice is refused: the caller may have sent one", (_, headers) => {
  expect(() => questionInHeaders(headers)).toThrow(/came twice/);
});

it("a name that every object has is no header", () => {
  const headers = { "x-stillwatch-names": ["account=constructor, person=__proto__"] };
  expect(() => questionInHeaders(headers)).toThrow(/names no account/);
});
