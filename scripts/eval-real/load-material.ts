import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StillwatchError } from "../../src/core/errors.ts";
import { readCsv, readJson, readJsonLines } from "./read-tables.ts";

/** An instruction, its input (empty where it has none) and the answer that was given. */
export interface Instruction {
  readonly instruction: string;
  readonly input: string;
  readonly output: string;
}

/** One turn of a recorded agent conversation. */
export interface AgentTurn {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string | null;
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** The real material, read once. */
export interface Material {
  readonly alpaca: {
    readonly prefix: string;
    readonly seeds: readonly Instruction[];
    readonly rows: readonly Instruction[];
  };
  readonly gpteacher: readonly Instruction[];
  readonly chinese: readonly string[];
  /** A person's conversations: the user's turns, and a model's answer to the first. */
  readonly arena: readonly {
    readonly user: string;
    readonly conversations: readonly {
      readonly turns: readonly string[];
      readonly answer: string;
    }[];
  }[];
  readonly roles: readonly string[];
  readonly chineseRoles: readonly string[];
  readonly banking: {
    readonly queries: readonly { readonly text: string; readonly label: string }[];
    readonly labels: readonly string[];
  };
  readonly gsm8k: readonly { readonly question: string; readonly answer: string }[];
  readonly judging: {
    readonly system: string;
    readonly template: string;
    readonly questions: readonly string[];
    readonly answers: readonly (readonly string[])[];
  };
  /** Conversations by task: those of one task stand together. */
  readonly agents: readonly (readonly (readonly AgentTurn[])[])[];
  /** Gaps between successive arrivals at a service, mean 1, in their real order. */
  readonly gaps: readonly (readonly number[])[];
  /** Request rates of single clients in ten-minute slots over two weeks, mean 1. */
  readonly curves: readonly (readonly number[])[];
}

/** Reads the material under `root`. Throws SW_INPUT_MISSING where a folder is absent. */
export async function loadMaterial(root: string): Promise<Material> {
  const at = (...parts: string[]): string => join(root, ...parts);
  try {
    const [
      alpaca,
      gpteacher,
      chinese,
      arena,
      roles,
      banking,
      gsm8k,
      judging,
      agents,
      gaps,
      curves,
    ] = await Promise.all([
      loadAlpaca(at("campaign", "alpaca-52k-en")),
      loadGpteacher(at("campaign", "gpteacher")),
      loadChinese(at("campaign", "prompts-zh", "question")),
      loadArena(root),
      readCsv(at("organic", "prompts-chat", "prompts.csv")),
      loadBanking(at("organic", "polyai-banking", "banking_data")),
      readJsonLines<{ question: string; answer: string }>(
        at("hard-negative", "gsm8k", "grade_school_math", "data", "test.jsonl"),
      ),
      loadJudging(at("hard-negative", "fastchat")),
      readJson<{ task_id: number; traj: AgentTurn[] }[]>(
        at("hard-negative", "tau-bench", "historical_trajectories", "gpt-4o-airline.json"),
      ),
      loadGaps(at("trace")),
      loadCurves(at("trace", "servegen", "data", "language", "m-small")),
    ]);
    const chineseRoles = await readJson<{ prompt: string }[]>(
      at("organic", "prompts-zh", "prompts-zh.json"),
    );
    return {
      alpaca,
      gpteacher,
      chinese,
      arena,
      roles: roles
        .map((row) => row["prompt"] ?? "")
        .filter((prompt) => prompt.length > 60 && prompt.length < 3000),
      chineseRoles: chineseRoles.map((row) => row.prompt),
      banking,
      gsm8k,
      judging,
      agents: byTask(agents),
      gaps,
      curves,
    };
  } catch (error) {
    if (error instanceof Error && "path" in error)
      throw new StillwatchError("SW_INPUT_MISSING", { path: String(error.path) }, error);
    throw error;
  }
}

function byTask(rows: readonly { task_id: number; traj: AgentTurn[] }[]): AgentTurn[][][] {
  const tasks = new Map<number, AgentTurn[][]>();
  for (const row of rows) tasks.set(row.task_id, [...(tasks.get(row.task_id) ?? []), row.traj]);
  return [...tasks.values()];
}

async function loadAlpaca(folder: string): Promise<Material["alpaca"]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("alpaca_data")).toSorted();
  const rows = (
    await Promise.all(names.map((name) => readJson<Instruction[]>(join(folder, name))))
  ).flat();
  const seeds = await readJsonLines<{
    instruction: string;
    instances: { input: string; output: string }[];
  }>(join(folder, "seed_tasks.jsonl"));
  return {
    prefix: await readFile(join(folder, "prompt.txt"), "utf8"),
    seeds: seeds.map((seed) => ({
      instruction: seed.instruction,
      input: seed.instances[0]?.input ?? "",
      output: seed.instances[0]?.output ?? "",
    })),
    rows,
  };
}

async function loadGpteacher(folder: string): Promise<Instruction[]> {
  const files = [
    "Toolformer/toolformer-dedupe-only-dataset.json",
    "Roleplay/roleplay-simple-deduped-roleplay-instruct.json",
    "Codegen/codegen-instruct.json",
  ];
  const parts = await Promise.all(
    files.map((file) =>
      readJson<{ instruction: string; input: string; response: string }[]>(join(folder, file)),
    ),
  );
  return parts
    .flat()
    .map((row) => ({ instruction: row.instruction, input: row.input ?? "", output: row.response }));
}

async function loadChinese(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).toSorted();
  const texts = await Promise.all(
    names.slice(0, 40).map((name) => readFile(join(folder, name), "utf8")),
  );
  return texts.flatMap((text) =>
    text
      .split("\n")
      .slice(2)
      .map((line) => line.split("|")[2]?.trim() ?? "")
      .filter((question) => question.length >= 8),
  );
}

async function loadArena(root: string): Promise<Material["arena"]> {
  const history = ["history", "arena_hard_1k"];
  const rows = await readJsonLines<{
    question_id: string;
    judge: string;
    turns: string[];
    tstamp: number;
  }>(join(root, "organic", "fastchat", ...history, "question_original.jsonl"));
  const answers = new Map<string, string>();
  for (const model of ["vicuna-13b-v1.5", "gpt-4"]) {
    const list = await readJsonLines<{ question_id: string; choices: { turns: string[] }[] }>(
      join(root, "hard-negative", "fastchat", ...history, "model_answer", `${model}.jsonl`),
    );
    for (const row of list) answers.set(row.question_id, row.choices[0]?.turns[0] ?? "");
  }
  const users = new Map<string, { turns: string[]; answer: string }[]>();
  for (const row of rows.toSorted((a, b) => a.tstamp - b.tstamp)) {
    const list = users.get(row.judge) ?? [];
    list.push({ turns: row.turns, answer: answers.get(row.question_id) ?? "" });
    users.set(row.judge, list);
  }
  return [...users].map(([user, conversations]) => ({ user, conversations }));
}

async function loadBanking(folder: string): Promise<Material["banking"]> {
  const rows = [
    ...(await readCsv(join(folder, "train.csv"))),
    ...(await readCsv(join(folder, "test.csv"))),
  ];
  return {
    queries: rows.map((row) => ({ text: row["text"] ?? "", label: row["category"] ?? "" })),
    labels: await readJson<string[]>(join(folder, "categories.json")),
  };
}

async function loadJudging(folder: string): Promise<Material["judging"]> {
  const prompts = await readJsonLines<{
    name: string;
    system_prompt: string;
    prompt_template: string;
  }>(join(folder, "fastchat", "llm_judge", "data", "judge_prompts.jsonl"));
  const pair = prompts.find((prompt) => prompt.name === "pair-v2");
  const questions = await readJsonLines<{ question_id: number; turns: string[] }>(
    join(folder, "fastchat", "llm_judge", "data", "vicuna_bench", "question.jsonl"),
  );
  const bench = join(folder, "history", "vicuna_bench_answers");
  const models = (await readdir(bench)).filter((name) => name.startsWith("answer_")).toSorted();
  const answers = await Promise.all(
    models.map((model) => readJsonLines<{ question_id: number; text: string }>(join(bench, model))),
  );
  return {
    system: pair?.system_prompt ?? "",
    template: pair?.prompt_template ?? "",
    questions: questions.map((question) => question.turns[0] ?? ""),
    answers: answers.map((list) =>
      questions.map(
        (question) => list.find((row) => row.question_id === question.question_id)?.text ?? "",
      ),
    ),
  };
}

/** Gaps longer than fifty means are pauses of the recording, and are left out. */
async function loadGaps(folder: string): Promise<number[][]> {
  const azure = await readCsv(
    join(folder, "azure-llm-2023", "data", "AzureLLMInferenceTrace_conv.csv"),
  );
  const mooncake = await readJsonLines<{ timestamp: number }>(
    join(folder, "mooncake", "FAST25-release", "traces", "conversation_trace.jsonl"),
  );
  const series = [
    azure.map((row) => Date.parse(`${row["TIMESTAMP"]?.slice(0, 23).replace(" ", "T")}Z`)),
    mooncake.map((row) => row.timestamp),
  ];
  return series.map((times) => {
    const gaps = times.slice(1).map((time, i) => Math.max(0, time - (times[i] as number)));
    const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
    return gaps.map((gap) => gap / mean).filter((gap) => gap < 50);
  });
}

async function loadCurves(folder: string): Promise<number[][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith("-trace.csv")).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  const curves: number[][] = [];
  for (const text of texts) {
    const rates = text
      .trim()
      .split("\n")
      .map((line) => Number(line.split(",")[1]));
    const mean = rates.reduce((a, b) => a + b, 0) / rates.length;
    if (rates.filter((rate) => rate > 0).length > 0.8 * rates.length)
      curves.push(rates.map((rate) => rate / mean));
  }
  return curves;
}
