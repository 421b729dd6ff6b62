import { Command } from "commander";
import type { Ledger } from "../ledger/open-ledger.ts";
import { byPerson, onLedger, type PersonFlags } from "./case/on-ledger.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import type { LedgerFlags } from "./with-ledger.ts";

/** Open commands that `status` names. */
const NAMED = 100;

/** `stillwatch outbox`: commands to the provider's own account service, and referrals. */
export function outboxCommand(around: Surroundings): Command {
  return new Command("outbox")
    .description(
      "See, stop and reconcile what `stillwatch serve --commands` asks of your account service, and its referrals.",
    )
    .helpCommand(false)
    .addCommand(statusCommand(around))
    .addCommand(reconcileCommand(around))
    .addCommand(stopCommand(around))
    .addCommand(goCommand(around))
    .addCommand(exampleCommand(around))
    .addHelpText("after", HELP_TAIL);
}

function statusCommand(around: Surroundings): Command {
  const command = new Command("status")
    .description("What was asked, what came of it, and what is not applied, by name.")
    .option("--json", "as JSON, with every command that is not applied")
    .addHelpText("after", "\nExample:\n  stillwatch outbox status --data ./watch");
  interface Flags extends LedgerFlags {
    readonly json?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { json }) => {
    const { outboxStatus } = await import("../ledger/outbox-status.ts");
    if (json === true) {
      const status = await outboxStatus(ledger, Number.MAX_SAFE_INTEGER);
      return `${JSON.stringify({ version: 1, ...status }, undefined, 2)}\n`;
    }
    return statusText(ledger);
  });
}

function reconcileCommand(around: Surroundings): Command {
  const command = new Command("reconcile")
    .description("Ask the account service what became of commands that it did not answer for.")
    .requiredOption("--commands <file.yaml>", "as for serve")
    .requiredOption("--as <user>", "who asks")
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch outbox reconcile --commands commands.yaml --data ./watch --as ana",
    );
  interface Flags extends LedgerFlags {
    readonly commands: string;
    readonly as: string;
  }
  return onLedger<Flags>(command, around, async (ledger, { commands, as: by }) => {
    const { readOutboxSettings } = await import("../response/outbox-settings.ts");
    const { reconcileCommands } = await import("../response/reconcile-commands.ts");
    const { assertMay } = await import("../ledger/users.ts");
    const { service } = readOutboxSettings(commands, around.environment);
    const actor = await ledger.change((change) => assertMay(change, by, "act"));
    const { signal } = new AbortController();
    const options = { service, now: around.now(), signal };
    const { asked, settled, unknown } = await reconcileCommands(ledger, options, actor);
    return `${asked} were open, ${settled} are settled now, ${unknown} are unknown to the service.\n${await statusText(ledger)}`;
  });
}

function stopCommand(around: Surroundings): Command {
  const command = byPerson(
    new Command("stop").description("Send nothing more from now on, on all nodes."),
  )
    .option("--lifts-go", "but lifts, which give customers back what was taken")
    .addHelpText(
      "after",
      '\nExample:\n  stillwatch outbox stop --lifts-go --data ./watch --as ana --reason "wrong accounts"',
    );
  interface Flags extends PersonFlags {
    readonly liftsGo?: true;
  }
  return onLedger<Flags>(command, around, async (ledger, { as: by, reason, liftsGo }) => {
    const { setSwitch } = await import("../ledger/outbox.ts");
    await setSwitch(ledger, { stop: true, liftsGo: liftsGo === true, by, reason });
    return statusText(ledger);
  });
}

function goCommand(around: Surroundings): Command {
  const command = byPerson(new Command("go").description("Let the outbox send again.")).addHelpText(
    "after",
    '\nExample:\n  stillwatch outbox go --data ./watch --as ana --reason "checked"',
  );
  return onLedger<PersonFlags>(command, around, async (ledger, { as: by, reason }) => {
    const { setSwitch } = await import("../ledger/outbox.ts");
    await setSwitch(ledger, { stop: false, liftsGo: false, by, reason });
    return statusText(ledger);
  });
}

function exampleCommand(around: Surroundings): Command {
  return new Command("example")
    .description("Print a commands file to begin from.")
    .addHelpText("after", "\nExample:\n  stillwatch outbox example > commands.yaml")
    .action(async () => {
      const { EXAMPLE_COMMANDS } = await import("../response/outbox-settings.ts");
      around.stdout.write(EXAMPLE_COMMANDS);
      around.exitWith(EXIT.clear);
    });
}

async function statusText(ledger: Ledger): Promise<string> {
  const { outboxStatus } = await import("../ledger/outbox-status.ts");
  const { outboxTable } = await import("./outbox-table.ts");
  return outboxTable(await outboxStatus(ledger, NAMED));
}

const HELP_TAIL = `
A lift overtakes whatever waits. A command that was tried keeps its id, so a service that looks at it does nothing twice.

Examples:
  stillwatch outbox example > commands.yaml
  stillwatch serve --data ./watch --commands commands.yaml
  stillwatch outbox status --data ./watch
  stillwatch outbox stop --data ./watch --as ana --reason "wrong accounts"
  stillwatch outbox go --data ./watch --as ana --reason "checked"`;
