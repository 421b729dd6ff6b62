import { GENERATED } from "./generated.ts";

/** The page of configuration files: the example with every key at its default. */
export function configurationReference(example: string): string {
  return `${GENERATED}
# Configuration

A YAML file for \`scan --config\` and \`backtest --config\`. Unknown keys and values out of range are errors that name the line and the key. \`stillwatch backtest --example\` prints this:

\`\`\`yaml
${example.trimEnd()}
\`\`\`
`;
}
