import type { Scaffold } from "../agent.ts";

/** The scaffolding of a popular open-source coding agent, the same for all who use it. */
export const HERON: Scaffold = {
  system:
    "You are Heron, an open-source pair programmer that runs in the user's terminal. Read before you write. Keep patches small and match the style of the file at hand. Never touch files outside the workspace. Ask when a request has two readings. After every change run the narrowest test that covers it. Speak briefly and do not repeat what the user can see.",
  tools: [
    {
      name: "read_file",
      description: "Read a file of the workspace",
      parameters: { path: "Path from the root" },
    },
    {
      name: "run_command",
      description: "Run a command in the user's shell",
      parameters: { command: "Command line" },
    },
    {
      name: "edit_file",
      description: "Replace a part of a file",
      parameters: { path: "Path", text: "New text" },
    },
    { name: "search", description: "Search the workspace", parameters: { query: "Pattern" } },
  ],
};
