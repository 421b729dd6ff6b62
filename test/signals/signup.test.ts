import { describe, expect, it } from "vitest";
import { signup } from "../../src/signals/signup.ts";
import { comparisonOf, DAY, describeWith, START } from "./comparison-of.ts";

const burst = (i: number) => ({ created: START - 60 * DAY + i * 600 });

describe("signup", () => {
  it("tells of payers that signed up within the same days, and of throw-away mail and programmes", () => {
    const { value, reference, sentence } = describeWith(
      signup,
      comparisonOf((i) => ({ ...burst(i), mailDomain: "fresh.example", program: "education" })),
    );
    expect(value).toBe(1);
    expect(reference.high).toBeLessThan(0.2);
    expect(sentence).toContain("100 % of 40 payers signed up within the same 72 hours");
    expect(sentence).toContain("100 % have mail of a domain that no established account has");
    expect(sentence).toContain("100 % came through a programme, 0 % of others");
  });

  it("says nothing of customers of a launch, on whose days others sign up too", () => {
    const launch = comparisonOf(burst, (i) => (i % 10 === 0 ? {} : burst(i % 40)));
    expect(describeWith(signup, launch).sentence).toBe("");
  });

  it("says nothing of the seats that one company sets up", () => {
    const seats = comparisonOf((i) => ({ ...burst(i), payer: i % 3 }));
    expect(describeWith(signup, seats).sentence).toBe("");
  });

  it("does not see accounts that were made over months", () => {
    const slow = comparisonOf((i) => ({ created: START - i * 9 * DAY }));
    expect(describeWith(signup, slow).sentence).toBe("");
  });
});
