import type { Lineage } from "../lineage.ts";

/** ATLAS techniques that the evidence speaks of. */
export function techniquesOf(lineage: Lineage): string[] {
  const strong = new Set(
    lineage.findings.filter((f) => f.bits >= 4 || f.foundGroup).map((f) => f.signal),
  );
  const techniques = ["AML.T0024.002", "AML.T0040"];
  if (strong.has("payment")) techniques.push("AML.T0021");
  if (strong.has("template") || strong.has("elicitation")) techniques.push("AML.T0065");
  return techniques.sort();
}
