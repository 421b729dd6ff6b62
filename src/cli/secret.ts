import { Command } from "commander";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";

interface RotateFlags {
  readonly data: string;
  readonly fingerprints?: true;
}

/** `stillwatch secret`: changes the keys of a data folder. */
export function secretCommand(around: Surroundings): Command {
  return new Command("secret")
    .description("Change the keys of a data folder (secrets.json).")
    .helpCommand(false)
    .addCommand(rotateCommand(around))
    .addHelpText("after", EXAMPLES);
}

function rotateCommand(around: Surroundings): Command {
  return new Command("rotate")
    .description(
      "Give kept text a new key at once, and with --fingerprints what is read from now on too.",
    )
    .requiredOption("--data <dir>", "the data folder; nothing else may be using it")
    .option(
      "--fingerprints",
      "new key for fingerprints: what is read from now on can't be compared with what was read before",
    )
    .addHelpText("after", HELP_TAIL)
    .action(async ({ data, fingerprints }: RotateFlags) => {
      const { rotateSecret } = await import("../ingest/rotate-secret.ts");
      const done = await rotateSecret({ dataDir: data, fingerprints: fingerprints === true });
      const lost =
        done.lost === 0
          ? ""
          : ` ${counted(done.lost, "key")} could not be opened and went, with the text under them.`;
      const prints =
        fingerprints === true
          ? ` Fingerprints are made with ${done.fingerprints} from now on.`
          : " Fingerprints keep theirs.";
      around.stdout.write(
        `Keys of texts are wrapped by ${done.wrapping} now: ${counted(done.rewrapped, "key")}.${lost}${prints}\n`,
      );
      around.exitWith(EXIT.clear);
    });
}

const EXAMPLES = `
Examples:
  stillwatch secret rotate --data ./watch
  stillwatch secret rotate --fingerprints --data ./watch`;

const HELP_TAIL = `
Kept text: the keys of accounts are wrapped by a new one and the old one is deleted, so that a copy of secrets.json
from before opens no text. Interrupted, it is finished by the next.

Fingerprints are hashes and can't be made anew. With --fingerprints those made before stay as they are until their
retention ends, and none made later equals one of them: a group that goes on is found anew, from then on. Do it when
the secret is known to somebody, at a time you can choose. Load the accounts again afterwards, so that payments match.
${EXAMPLES}`;
