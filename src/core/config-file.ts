import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { StillwatchError } from "./errors.ts";
import { didYouMean, nearMatches } from "./near-matches.ts";

type Path = readonly PropertyKey[];

/** A YAML file read through a shape. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE and what `parseConfig` throws. */
export function readConfigFile<S extends z.ZodType>(file: string, shape: S): z.infer<S> {
  return parseConfig(readText(file), file, shape);
}

/** A small file of text. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE. */
export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown";
    if (code === "ENOENT") throw new StillwatchError("SW_INPUT_MISSING", { path: file }, cause);
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path: file, reason: code }, cause);
  }
}

/**
 * YAML read through a shape; an empty text is an empty mapping. Throws SW_CONFIG_INVALID with the line and the key of the
 * first problem: not YAML, a key given twice, a key the shape doesn't know, a value it refuses.
 */
export function parseConfig<S extends z.ZodType>(text: string, file: string, shape: S): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) {
    throw invalid(file, lines.linePos(broken.pos[0]).line, broken.message.replace(/\.?$/, "."));
  }
  const parsed = shape.safeParse(valueOf(document, file));
  if (parsed.success) return parsed.data;
  const { path, reason } = problemOf(parsed.error.issues[0]!, shape);
  const line = lines.linePos(offsetOf(document, path)).line;
  throw invalid(file, line, path.length === 0 ? reason : `${path.join(".")}: ${reason}`);
}

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    throw new StillwatchError(
      "SW_CONFIG_INVALID",
      { file, line: 1, reason: "its aliases unfold to too much." },
      cause,
    );
  }
}

/** Where the first problem is, down to the unknown key itself, and what it is. */
function problemOf(
  issue: z.core.$ZodIssue,
  shape: z.ZodType,
): { readonly path: Path; readonly reason: string } {
  if (issue.code !== "unrecognized_keys") {
    const said = issue.message.replace(/^Invalid input: /, "");
    return { path: issue.path, reason: `${said.slice(0, 1).toLowerCase()}${said.slice(1)}.` };
  }
  const key = issue.keys[0] ?? "";
  const known = keysAt(shape, issue.path);
  const near = didYouMean(nearMatches(key, known));
  const hint = near === "" && known.length > 0 ? ` Known here: ${known.join(", ")}.` : near;
  return { path: [...issue.path, key], reason: `no such key.${hint}` };
}

/** The keys that a shape knows at a path. */
function keysAt(shape: z.ZodType, path: Path): readonly string[] {
  let at: unknown = shape;
  for (const step of path) {
    const inner = unwrapped(at);
    if (inner instanceof z.ZodObject) at = inner.shape[String(step)];
    else at = inner instanceof z.ZodArray ? inner.element : undefined;
  }
  const object = unwrapped(at);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unwrapped(shape: unknown): unknown {
  const wraps =
    shape instanceof z.ZodOptional ||
    shape instanceof z.ZodNullable ||
    shape instanceof z.ZodDefault;
  return wraps ? unwrapped(shape.unwrap()) : shape;
}

/** Where in the text the key at the end of a path is; the nearest above it where the path leads nowhere. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const named: unknown = isSeq(node) ? node.items[Number(step)] : pair?.key;
    if (!isNode(named)) break;
    offset = named.range?.[0] ?? offset;
    node = isSeq(node) ? named : pair?.value;
  }
  return offset;
}

function invalid(file: string, line: number, reason: string): StillwatchError {
  return new StillwatchError("SW_CONFIG_INVALID", { file, line, reason });
}
