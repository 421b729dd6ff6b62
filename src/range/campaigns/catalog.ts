import { asCampaign, type CampaignMaker } from "./blueprint.ts";
import {
  agenticHarvest,
  fixedLine,
  lowAndSlow,
  probeThenScale,
  reasoningAndGrading,
  relay,
  signatureReplay,
  storeThenReplay,
  toolHarvest,
  translated,
  uniqueTasks,
} from "./reported.ts";
import { sharedPool } from "./shared-pool.ts";
import { stolenKeys } from "./stolen-keys.ts";

export type { CampaignMaker } from "./blueprint.ts";

/** Every kind of operation that has been reported. */
export const CAMPAIGNS: readonly CampaignMaker[] = [
  ...[
    reasoningAndGrading,
    agenticHarvest,
    toolHarvest,
    fixedLine,
    lowAndSlow,
    relay,
    storeThenReplay,
    signatureReplay,
  ].map(asCampaign),
  stolenKeys,
  sharedPool,
  ...[uniqueTasks, translated, probeThenScale].map(asCampaign),
];
