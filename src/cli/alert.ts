import { Command } from "commander";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";

/** `stillwatch alert`: tries the webhooks of an alerts file, or prints one to begin from. */
export function alertCommand(around: Surroundings): Command {
  return new Command("alert")
    .description("Try the webhooks that `stillwatch serve --alerts` would use.")
    .helpCommand(false)
    .addCommand(testCommand(around))
    .addCommand(exampleCommand(around))
    .addHelpText("after", HELP_TAIL);
}

function testCommand(around: Surroundings): Command {
  return new Command("test")
    .description("Send each webhook of an alerts file a test, and say what came back.")
    .argument("<file>", "the alerts file (YAML)")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  every webhook took it\n  1  one did not, or the file can't be used\n\nExample:\n  stillwatch alert test alerts.yaml",
    )
    .action(async (file: string) => {
      const { readAlertSettings } = await import("../response/alert-settings.ts");
      const { testAlert } = await import("../response/test-alert.ts");
      const settings = readAlertSettings(file, around.environment);
      const answers = await testAlert(settings, around.now());
      for (const { webhook, status, reason } of answers) {
        around.stdout.write(`${webhook}: ${reason ?? `taken (${status})`}\n`);
      }
      const taken = answers.every(({ reason }) => reason === undefined);
      around.exitWith(taken ? EXIT.clear : EXIT.failure);
    });
}

function exampleCommand(around: Surroundings): Command {
  return new Command("example")
    .description("Print an alerts file to begin from.")
    .addHelpText("after", "\nExample:\n  stillwatch alert example > alerts.yaml")
    .action(async () => {
      const { EXAMPLE_ALERTS } = await import("../response/alert-settings.ts");
      around.stdout.write(EXAMPLE_ALERTS);
      around.exitWith(EXIT.clear);
    });
}

const HELP_TAIL = `
Examples:
  stillwatch alert example > alerts.yaml
  stillwatch alert test alerts.yaml
  stillwatch serve --data ./watch --alerts alerts.yaml`;
