import type { ScanResult } from "../core/assessment.ts";
import type { OperationSize } from "../core/power.ts";
import { counted } from "./wording.ts";

/** What a scan that flagged nothing would have found, in two or three sentences; empty where that was not measured. */
export function powerWords({ power, exchanges }: ScanResult): string {
  if (power === undefined) return "";
  const { smallest, tried, sample, reason } = power;
  if (reason !== "") return `What would have been found can't be measured here. ${reason}`;
  const where =
    sample.exchanges === exchanges
      ? "In this traffic"
      : `In a sample of this traffic (the latest ${counted(sample.exchanges, "exchange")} of ${counted(sample.accounts, "account")})`;
  const largest = tried.at(-1);
  if (smallest !== null) {
    return `${where}, an operation of ${sizeWords(smallest)}, with one wording, would have been found in at least 9 of 10 trials; a smaller one might not. One that hides, with many wordings or other traffic beside its own, must be several times larger to be found.`;
  }
  if (largest === undefined) return "";
  return `${where}, even the largest operation that it has the material for, ${sizeWords(largest)}, with one wording, was found in ${largest.found} of ${counted(largest.trials, "trial")}: that nothing is flagged says little here.`;
}

/** `24 accounts sending 8 requests a day each for 4 days`. */
function sizeWords({ accounts, requests_a_day, days }: OperationSize): string {
  return `${counted(accounts, "account")} sending ${counted(requests_a_day, "request")} a day each for ${counted(days, "day")}`;
}
