import { CAMPAIGNS } from "../range/campaigns/catalog.ts";
import { LOOKALIKES } from "../range/lookalikes/catalog.ts";
import { SUITES } from "../range/suites/catalog.ts";
import { count } from "../range/score-sheet.ts";

/** What `stillwatch range list` prints. */
export function rangeList(): string {
  const suites = SUITES.map((suite) => {
    const sizes = (["full", "ci"] as const).map((size) => {
      const worlds = suite.worlds(size).length;
      return `${size}: ${worlds} worlds × ${suite.seeds[size]} seeds`;
    });
    return `  ${suite.id.padEnd(12)} ${suite.title} (${sizes.join("; ")})\n  ${"".padEnd(12)} ${suite.about}`;
  });
  const operations = CAMPAIGNS.map(
    ({ id, name, reported }) =>
      `  ${id.padEnd(28)} ${name} (reported: ${count(reported.exchanges)} exchanges of ${count(reported.accounts)} accounts in ${reported.days} days)`,
  );
  return [
    `Suites (${SUITES.length}):`,
    ...suites,
    "",
    `Operations (${CAMPAIGNS.length}):`,
    ...operations,
    "",
    `Legitimate look-alikes (${LOOKALIKES.length} families):`,
    ...LOOKALIKES.map(({ family }) => `  ${family}`),
    "",
  ].join("\n");
}
