import { Readable, Writable } from "node:stream";
import { runCommandLine } from "../../src/cli/command-line.ts";

/** Runs a command line in this process, without colours, on a terminal of 80 columns. */
export async function runHere(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = [terminal(), terminal()];
  let code = -1;
  await runCommandLine(words, {
    stdin: Readable.from([]),
    stdout,
    stderr,
    environment: { NO_COLOR: "1" },
    now: () => new Date(0),
    clock: () => 0,
    exitWith: (given) => {
      code = given;
    },
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function terminal() {
  const texts: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      texts.push(text);
      done();
    },
  });
  return Object.assign(stream, { columns: 80, text: () => texts.join("") });
}
