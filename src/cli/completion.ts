import { Argument, Command } from "commander";
import type { Surroundings } from "./surroundings.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** `stillwatch completion`: prints a script that makes a shell complete commands and options. Files are completed as ever. */
export function completionCommand(around: Surroundings): Command {
  return new Command("completion")
    .description("Print a script that makes your shell complete commands and options.")
    .addArgument(new Argument("<shell>", "which shell").choices(SHELLS))
    .addHelpText("after", HELP_TAIL)
    .action((shell: Shell, _flags: unknown, command: Command) => {
      around.stdout.write(completionScript(command.parent!, shell));
    });
}

/** What can follow a chain of words: commands and long options with their descriptions' first clause. */
interface Offers {
  /** The program and the commands after it, such as `stillwatch range run`. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly what: string }[];
}

/** The script for a shell, of a program with all its commands. */
export function completionScript(program: Command, shell: Shell): string {
  return WRITERS[shell](program.name(), offersOf(program, ""));
}

function offersOf(command: Command, before: string): readonly Offers[] {
  const path = `${before}${command.name()}`;
  const { commands } = command;
  const words = [
    ...commands.map((one) => ({ word: one.name(), what: firstClause(one.description()) })),
    ...command
      .createHelp()
      .visibleOptions(command)
      .flatMap((option) =>
        option.long === undefined
          ? []
          : [{ word: option.long, what: firstClause(option.description) }],
      ),
  ];
  return [{ path, words }, ...commands.flatMap((one) => offersOf(one, `${path} `))];
}

/** Up to the first full stop, semicolon, colon or bracket, without what a shell would read. */
function firstClause(text: string): string {
  return (/^[^.;:([]*/.exec(text)?.[0] ?? "").replace(/['"`\\$]/g, "").trim();
}

const WRITERS: Readonly<Record<Shell, (name: string, offers: readonly Offers[]) => string>> = {
  bash: (name, offers) => `# bash completion for ${name}. Use: eval "$(${name} completion bash)"
_${name}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" path="${name}" words="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${commandPaths(offers)}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${offers.map(({ path, words }) => `    "${path}") words="${words.map(({ word }) => word).join(" ")}" ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _${name} ${name}
`,
  zsh: (name, offers) => `#compdef ${name}
# zsh completion for ${name}. Use: source <(${name} completion zsh)
_${name}() {
  local path_="${name}" word
  local -a offers
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path_ $word" in
      ${commandPaths(offers)}) path_="$path_ $word" ;;
    esac
  done
  case "$path_" in
${offers.map(({ path, words }) => `    "${path}") offers=(${words.map(({ word, what }) => `'${word}:${what}'`).join(" ")}) ;;`).join("\n")}
  esac
  _describe '${name}' offers
  _files
}
(( $+functions[compdef] )) && compdef _${name} ${name}
`,
  fish: (name, offers) => `# fish completion for ${name}. Use: ${name} completion fish | source
function __${name}_at
  set -l path ${name}
  for word in (commandline -opc)[2..]
    switch "$path $word"
      case ${offers
        .slice(1)
        .map(({ path }) => `'${path}'`)
        .join(" ")}
        set path "$path $word"
    end
  end
  test "$path" = "$argv"
end
${offers
  .flatMap(({ path, words }) =>
    words.map(({ word, what }) => {
      const offer = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c ${name} -n "__${name}_at ${path}" ${offer} -d '${what}'`;
    }),
  )
  .join("\n")}
`,
};

/** Everything that is a command, as a pattern of a shell's \`case\`. */
function commandPaths(offers: readonly Offers[]): string {
  return offers
    .slice(1)
    .map(({ path }) => `"${path}"`)
    .join(" | ");
}

const HELP_TAIL = `
Examples:
  eval "$(stillwatch completion bash)"          in ~/.bashrc
  source <(stillwatch completion zsh)           in ~/.zshrc
  stillwatch completion fish | source           in ~/.config/fish/config.fish`;
