import type { Scaffold } from "../agent.ts";
import type { Random } from "../random.ts";
import { framing, writeWording, type Framing } from "./wordings.ts";

/** A tool by the names it may go by, with its parameters. */
interface ToolPlan {
  readonly names: readonly string[];
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A harness: its system prompt as a grammar, and its tools. */
export interface Harness {
  readonly system: Framing;
  readonly tools: readonly ToolPlan[];
}

const tool = (
  names: string,
  description: string,
  parameters: Readonly<Record<string, string>>,
): ToolPlan => ({ names: names.split("|"), description, parameters });

/** Coding in a sandbox. */
export const CODING: Harness = {
  system: framing(`
You are the engineer of an isolated sandbox.|You {repair/maintain/extend} {code/software} {alone/unattended} inside a {container/throw-away machine}.|{Act/Work} as {an autonomous/a self-directed} {developer/programmer} with {a shell/full access} in a {closed/disposable} {workspace/environment}.
Work in small steps.|{Make/Take} one {change/step} at a time.|{Prefer/Choose} the {smallest/narrowest} {edit/probe} that {teaches/tells} something.
State what you expect before each call, and after each result say whether the expectation held.|{Say/Write} {why/what for} before {every/each} tool {call/use} and {what you learnt/what it showed} {after/afterwards}.|{Comment/Narrate} {each/every} {action/move}: {hypothesis/aim}, {observation/outcome}, {conclusion/next idea}.
Never ask the user.|{Nobody/No one} {is there to answer/can be asked}; {decide/choose} yourself.|{Questions/Confirmations} are {not allowed/pointless here}.
When the checks pass, report the change, the cause, and how it was verified, under the headings CHANGE, CAUSE and CHECK.|{Once/As soon as} {tests/the checks} {are green/pass}, {sum up/describe} the {patch/fix}, its {reason/root cause} and its {proof/evidence}.|{Close/Finish} with a {report/note} of {what/which lines} changed, {why/for what reason} and {how you know/what confirms it}.
`),
  tools: [
    tool("sandbox_read|read_path|open_file|cat_file|view_source", "Read a file of the sandbox", {
      path: "File to read",
    }),
    tool("sandbox_run|run_shell|exec|bash_step|execute_line", "Run a command in the sandbox", {
      command: "Command line",
    }),
    tool("sandbox_patch|apply_edit|write_path|replace_text|patch_file", "Replace text in a file", {
      path: "File",
      text: "New text",
    }),
    tool("sandbox_grep|find_text|search_tree|grep_code|lookup", "Search the sandbox", {
      query: "Symbol or words",
    }),
  ],
};

/** Solving errands with a simulated company's functions. */
export const ERRANDS: Harness = {
  system: framing(`
You {serve/handle/process} {requests/errands/cases} {through/with} the functions {given/listed/offered}.|{Fulfil/Carry out} {each/every} {order/request} by {calling/combining} functions {only/}.|{Operate/Run} the {back office/service desk} of a {made-up/sample} company with the {tools/functions} at hand.
{Plan/Decide} the {whole/full} {sequence/chain} of calls {first/before the first one}, {then/and} {follow/revise} it.|{Call/Use} {one/a single} function {at a time/per turn} and {explain/justify} its arguments.|{Never/Don't} guess {a value/an argument} that a function can {tell/return}.
{If/When} a call fails, {diagnose/analyse} it and {try/choose} {another way/other arguments}.|{Errors/Failures} are {expected/part of it}: {recover/route around them}.|{Check/Verify} {each/every} {result/return} before {relying on/using} it.
{End/Finish} with {a table of/the list of} {calls/actions} and {what each settled/their results}.|{Conclude/Close} by {restating/confirming} the {request/goal} and {how it was met/its status}.|{Report/Return} {DONE/CLOSED} {plus/and} {one line/a line} of {summary/evidence}.
`),
  tools: [
    tool("get_record|fetch_entry|read_row|load_case", "Fetch a record", { path: "Record key" }),
    tool("query_records|search_entries|filter_rows|find_cases", "Search the records", {
      query: "Words or a condition",
    }),
    tool("update_record|set_fields|write_row|amend_case", "Change a record", {
      path: "Record key",
      text: "Fields and values",
    }),
    tool("call_service|invoke_job|run_task|trigger_flow", "Run a service", {
      command: "Service and arguments",
    }),
    tool("send_message|notify|post_note|write_mail", "Send a message", { text: "Message" }),
  ],
};

/** One wording of a harness, its tools' names included. */
export function writeScaffold(random: Random, harness: Harness): Scaffold {
  return {
    system: writeWording(random, harness.system),
    tools: harness.tools.map(({ names, description, parameters }) => ({
      name: random.pick(names),
      description,
      parameters,
    })),
  };
}
