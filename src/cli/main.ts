import { runCommandLine } from "./command-line.ts";
import { processSurroundings } from "./surroundings.ts";

await runCommandLine(process.argv.slice(2), processSurroundings());
