import { azureApim } from "./azure-apim.ts";
import { bedrock } from "./bedrock.ts";
import type { Dialect } from "./dialect.ts";
import { langfuse } from "./langfuse.ts";
import { litellm } from "./litellm.ts";
import { otlp } from "./otlp.ts";

/** Every format of other people's logs that is read, in the order in which they are tried. */
export const ALL_DIALECTS: readonly Dialect[] = [litellm, bedrock, otlp, azureApim, langfuse];
/** The name by which `--dialect` calls our own lines. */
export const OWN_DIALECT = "stillwatch";
