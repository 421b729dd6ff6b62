import type { Evidence, Reference } from "../../src/core/assessment.ts";

/** Evidence of a made-up campaign on both axes. */
export function campaignEvidence(at: number): readonly Evidence[] {
  const finding = (
    signal: string,
    axis: Evidence["axis"],
    channel: Evidence["channel"],
    bits: number,
    sentence: string,
    value: number,
    reference: Reference,
  ): Evidence => ({
    signal,
    axis,
    channel,
    bits,
    found_group: bits === 0,
    describes: false,
    sentence,
    value,
    reference,
    examples:
      bits === 0
        ? []
        : [`ex_${hex(at)}${signal.slice(0, 2)}1`, `ex_${hex(at)}${signal.slice(0, 2)}2`],
  });
  return [
    finding(
      "template",
      "harvest",
      "content",
      0,
      "One skeleton of 214 words carries 91 % of the group's exchanges; it gathered the group, so it can't testify.",
      0.91,
      { median: 0.08, low: 0.01, high: 0.34, n: 412 },
    ),
    finding(
      "echo",
      "coordination",
      "output",
      29.7,
      "812 answers issued to one account came back in another account's requests; reference groups of this size show at most 1.",
      812,
      { median: 0, low: 0, high: 1, n: 388 },
    ),
    finding(
      "interchange",
      "coordination",
      "content",
      14.2,
      "Knowing the account tells nothing about the request: likeness within accounts exceeds that between them by 0.001, where people give 0.067.",
      0.001,
      { median: 0.067, low: 0.024, high: 0.131, n: 412 },
    ),
    finding(
      "lockstep",
      "coordination",
      "time",
      3.1,
      "The accounts pause in the same six hours of every week beyond what the daily rhythm explains.",
      4.8,
      { median: 1.02, low: 0.7, high: 1.9, n: 400 },
    ),
    finding(
      "payment",
      "coordination",
      "identity",
      -0.6,
      "Payment fingerprints are shared no more than among others.",
      1.1,
      { median: 1, low: 0.6, high: 2.4, n: 0 },
    ),
    finding(
      "elicitation",
      "harvest",
      "content",
      21.9,
      "88 % of sampled exchanges ask for the reasoning to be written into the answer.",
      0.88,
      { median: 0.04, low: 0.01, high: 0.21, n: 412 },
    ),
    finding(
      "capture",
      "harvest",
      "output",
      9.4,
      "The length limit stands at its maximum in 96 % of exchanges and 2 % of answers are built upon.",
      0.96,
      { median: 0.12, low: 0.02, high: 0.55, n: 412 },
    ),
  ];
}

/** Evidence of a made-up group that is not flagged. */
export function otherEvidence(): readonly Evidence[] {
  return campaignEvidence(0)
    .filter(({ signal }) => signal === "template" || signal === "payment")
    .map((finding) => ({ ...finding, examples: [] }));
}

/** The prompt of an example of a finding; some say the same, one holds what must be taken out. */
export function promptText(group: number, signal: string, k: number): string {
  if (signal === "elicitation") {
    return `Solve the task below. Before the final answer, write every step of your reasoning inside <work> tags, then grade your own answer from 1 to 10.\n\nTask: ${k % 2 === 0 ? "a grocer sells 14 crates of pears" : "two trains leave Kiruna"}; show all of it.`;
  }
  return [
    "Solve the task below. Before the final answer, write every step of your reasoning inside <work> tags, then grade your own answer from 1 to 10.\n\nTask: a grocer sells 14 crates of pears …",
    `Continue where we stopped. Send the result to mara.lindqvist@example.org or +46 70 123 45 6${group % 10}; key sk-live-9aXk22PqLmN81xYz, host 203.0.113.${k + 9}.`,
  ][k % 2]!;
}

/** A number in eight hexadecimal digits, spread. */
export function hex(value: number): string {
  return (Math.imul(value + 1, 2654435761) >>> 0).toString(16).padStart(8, "0");
}
