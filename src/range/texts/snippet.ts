import type { Random } from "../random.ts";
import { bank } from "./language.ts";

const VERBS = bank(
  "load|merge|trim|parse|queue|index|flush|split|score|align|bind|drain|group|fold|patch|route|seed|shift|stage|walk|pack|probe|retry|sweep",
);
const NOUNS = bank(
  "ledger|frame|parcel|tide|berth|invoice|token|slot|beacon|shard|recipe|ticket|kiln|route|sensor|voucher|bucket|meadow|outbox|roster|chunk|lantern|crate|digest|pier|ration|spool|tariff",
);
const TYPES = bank("int|str|float|bool|list|dict|bytes|object");

/** A name such as `merge_tide_slot`. */
export function writeIdentifier(random: Random, glue = "_"): string {
  const words = [random.pick(VERBS), random.pick(NOUNS)];
  if (random.chance(0.4)) words.push(random.pick(NOUNS));
  if (glue === "_") return words.join("_");
  return words
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

/** A fenced block of plausible source, about `lines` lines, in one of three languages. */
export function writeSnippet(random: Random, lines: number): string {
  const kind = random.pick(["python", "ts", "sql"] as const);
  if (kind === "sql") return fence(kind, sql(random, lines));
  return fence(kind, kind === "python" ? python(random, lines) : script(random, lines));
}

function fence(kind: string, body: readonly string[]): string {
  return `\`\`\`${kind}\n${body.join("\n")}\n\`\`\``;
}

function python(random: Random, lines: number): string[] {
  const a = random.pick(NOUNS);
  const b = random.pick(NOUNS);
  const out = [
    `def ${writeIdentifier(random)}(${a}, ${b}: ${random.pick(TYPES)} = ${random.whole(0, 99)}):`,
  ];
  while (out.length < lines) {
    out.push(
      random.pick([
        () =>
          `    ${random.pick(NOUNS)} = ${writeIdentifier(random)}(${a}, limit=${random.whole(1, 999)})`,
        () =>
          `    if ${b} > ${random.whole(2, 400)}: raise ValueError("${random.pick(NOUNS)} out of range")`,
        () =>
          `    for ${random.pick(NOUNS)}_${random.whole(1, 9)} in ${a}[${random.whole(0, 4)}:]: ${writeIdentifier(random)}(${b})`,
        () =>
          `    ${a}["${random.pick(NOUNS)}"] = ${b} ${random.pick(["+", "-", "*", "//", "%"])} ${random.whole(2, 60)}`,
        () => `    log.debug("${random.pick(VERBS)} ${random.pick(NOUNS)} %s", ${b})`,
      ])(),
    );
  }
  out.push(`    return ${a}`);
  return out;
}

function script(random: Random, lines: number): string[] {
  const a = random.pick(NOUNS);
  const out = [
    `export async function ${writeIdentifier(random, "")}(${a}: ${writeIdentifier(random, "")}Options) {`,
  ];
  while (out.length < lines) {
    out.push(
      random.pick([
        () =>
          `  const ${random.pick(NOUNS)}${random.whole(1, 9)} = await ${writeIdentifier(random, "")}(${a}.${random.pick(NOUNS)});`,
        () =>
          `  if (${a}.${random.pick(NOUNS)} > ${random.whole(2, 900)}) throw new RangeError("${random.pick(NOUNS)}");`,
        () =>
          `  ${a}.${random.pick(NOUNS)}.${random.pick(["push", "delete", "add"])}(${random.whole(0, 500)});`,
        () =>
          `  for (const ${random.pick(NOUNS)} of ${a}.${random.pick(NOUNS)}) ${writeIdentifier(random, "")}(${random.pick(NOUNS)});`,
      ])(),
    );
  }
  out.push("}");
  return out;
}

function sql(random: Random, lines: number): string[] {
  const table = writeIdentifier(random);
  const out = [
    `SELECT ${random.pick(NOUNS)}_id, sum(${random.pick(NOUNS)}) AS ${random.pick(NOUNS)}_total`,
    `FROM ${table}`,
  ];
  for (let i = 0; i < Math.min(lines - 3, 4); i++) {
    out.push(
      `${i === 0 ? "WHERE" : "  AND"} ${random.pick(NOUNS)}_${random.pick(NOUNS)} ${random.pick([">", "<", "=", "<>"])} ${random.whole(1, 9000)}`,
    );
  }
  out.push(`GROUP BY 1 LIMIT ${random.whole(5, 500)}`);
  return out;
}
