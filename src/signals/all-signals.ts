import { capture } from "./capture.ts";
import { client } from "./client.ts";
import { clockless } from "./clockless.ts";
import { coverage } from "./coverage.ts";
import { echo } from "./echo.ts";
import { elicitation } from "./elicitation.ts";
import { evenness } from "./evenness.ts";
import { grading } from "./grading.ts";
import { interchange } from "./interchange.ts";
import { keyspread } from "./keyspread.ts";
import { lockstep } from "./lockstep.ts";
import { network } from "./network.ts";
import { payment } from "./payment.ts";
import { ramp } from "./ramp.ts";
import { retarget } from "./retarget.ts";
import type { DescribingSignal, Signal } from "./signal.ts";
import { signup } from "./signup.ts";
import { subscription } from "./subscription.ts";
import { succession } from "./succession.ts";
import { template } from "./template.ts";
import { worklist } from "./worklist.ts";

/** Every signal that is measured on slices, coordination first, each channel in the order of the declared chains. */
export const SLICE_SIGNALS: readonly Signal[] = [
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
];

/** Every signal that is told of reported groups and never weighed, coordination first. */
export const DESCRIBING_SIGNALS: readonly DescribingSignal[] = [
  network,
  client,
  signup,
  keyspread,
  evenness,
  retarget,
  clockless,
  ramp,
  subscription,
];

/** Every signal there is. */
export const ALL_SIGNALS: readonly (Signal | DescribingSignal)[] = [
  ...SLICE_SIGNALS,
  ...DESCRIBING_SIGNALS,
];
