import type { Tool } from "../world.ts";

/** A tool's parameters as a JSON Schema object; every parameter is a required string. */
export function schemaOf(tool: Tool): object {
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(tool.parameters).map(([name, description]) => [
        name,
        { type: "string", description },
      ]),
    ),
    required: Object.keys(tool.parameters),
  };
}
