import { capture } from "./capture.ts";
import { coverage } from "./coverage.ts";
import { echo } from "./echo.ts";
import { elicitation } from "./elicitation.ts";
import { grading } from "./grading.ts";
import { interchange } from "./interchange.ts";
import { lockstep } from "./lockstep.ts";
import { pace } from "./pace.ts";
import { payment } from "./payment.ts";
import type { Signal } from "./signal.ts";
import { succession } from "./succession.ts";
import { template } from "./template.ts";
import { worklist } from "./worklist.ts";

/** Every signal, coordination first, each channel in the order of the declared chains. */
export const ALL_SIGNALS: readonly Signal[] = [
  payment,
  succession,
  lockstep,
  interchange,
  worklist,
  echo,
  template,
  elicitation,
  capture,
  coverage,
  grading,
  pace,
];
