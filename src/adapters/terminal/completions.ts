import type { ArgumentSpec, CommandSpec, SubcommandSpec } from '../adapter.ts';
import { argumentsOf } from '../help.ts';
import { commonOptions } from './request.ts';
import type { Shell } from './shells.ts';

/** One thing that can be called: a command, or a subcommand with its command. */
interface Path {
  readonly command: string;
  readonly subcommand: string | null;
  readonly args: readonly ArgumentSpec[];
}

/** A script that teaches a shell to complete `tutti`: commands, subcommands, options, their choices, and files. */
export function completionScript(shell: Shell, commands: readonly CommandSpec[]): string {
  const scripts: Readonly<Record<Shell, (commands: readonly CommandSpec[]) => string>> = { bash, zsh, fish };
  return `${scripts[shell](commands)}\n`;
}

function pathsOf(commands: readonly CommandSpec[]): readonly Path[] {
  return commands.flatMap((spec) => {
    const fallback = spec.subcommands.find(({ name }) => name === spec.defaultSubcommand) ?? null;
    const own: Path = { command: spec.name, subcommand: null, args: argumentsOf(spec, fallback) };
    const path = (one: SubcommandSpec): Path => ({
      command: spec.name,
      subcommand: one.name,
      args: argumentsOf(spec, one),
    });
    return [own, ...spec.subcommands.map(path)];
  });
}

function optionsOf(args: readonly ArgumentSpec[]): readonly ArgumentSpec[] {
  const own = args.filter(({ kind }) => kind !== 'positional');
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...commonOptions.filter(({ name }) => !names.has(name))];
}

function bash(commands: readonly CommandSpec[]): string {
  const paths = pathsOf(commands);
  const options = paths.map(({ command, subcommand, args }) => {
    const names = optionsOf(args).map(({ name }) => `--${name}`);
    return `    '${command}/${subcommand ?? ''}') options='${names.join(' ')}' ;;`;
  });
  const values = paths.flatMap(({ command, subcommand, args }) =>
    optionsOf(args)
      .filter(({ choices }) => choices !== undefined)
      .map(
        ({ name, choices = [] }) => `    '${command}/${subcommand ?? ''}/--${name}') values='${choices.join(' ')}' ;;`,
      ),
  );
  const subcommands = commands
    .filter((spec) => spec.subcommands.length > 0)
    .map((spec) => `    ${spec.name}) subcommands='${spec.subcommands.map(({ name }) => name).join(' ')}' ;;`);
  return `# Completion of tutti for bash. Put into ~/.bashrc: eval "$(tutti completions bash)"
_tutti() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local command='' subcommand='' subcommands='' options='' values='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case \${COMP_WORDS[index]} in
      -*) ;;
      *) if [[ -z $command ]]; then command=\${COMP_WORDS[index]}; elif [[ -z $subcommand ]]; then subcommand=\${COMP_WORDS[index]}; fi ;;
    esac
  done
  if [[ -z $command && $word != -* ]]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$word"))
    return
  fi
  case $command in
${subcommands.join('\n')}
  esac
  [[ " $subcommands " == *" $subcommand "* ]] || subcommand=''
  case "$command/$subcommand/$previous" in
${values.join('\n')}
  esac
  case "$command/$subcommand" in
${options.join('\n')}
    *) options='${commonOptions.map(({ name }) => `--${name}`).join(' ')}' ;;
  esac
  if [[ -n $values ]]; then COMPREPLY=($(compgen -W "$values" -- "$word"))
  elif [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ -n $subcommands && -z $subcommand ]]; then COMPREPLY=($(compgen -W "$subcommands" -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _tutti tutti`;
}

function zsh(commands: readonly CommandSpec[]): string {
  const described = (all: readonly { readonly name: string; readonly summary: string }[]) =>
    all.map(({ name, summary }) => quoted(`${name}:${summary}`)).join(' ');
  const cases = commands.map((spec) => {
    if (spec.subcommands.length === 0) return `    ${spec.name}) _tutti_arguments 1 ${zshArguments(spec.args)} ;;`;
    const inner = spec.subcommands.map(
      (one) => `        ${one.name}) _tutti_arguments 2 ${zshArguments(argumentsOf(spec, one))} ;;`,
    );
    return `    ${spec.name})
      if (( CURRENT == 3 )); then
        local -a subcommands=(${described(spec.subcommands)})
        _describe subcommand subcommands
        return
      fi
      case $words[3] in
${inner.join('\n')}
      esac ;;`;
  });
  return `#compdef tutti
# Completion of tutti for zsh. Put into ~/.zshrc, behind compinit: eval "$(tutti completions zsh)"
# The words of the command itself are no arguments.
_tutti_arguments() {
  local skipped=$1
  shift
  words=("\${(@)words[skipped + 1,-1]}")
  (( CURRENT -= skipped ))
  _arguments "$@"
}
_tutti() {
  if (( CURRENT == 2 )); then
    local -a commands=(${described(commands)})
    _describe command commands
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
}
compdef _tutti tutti`;
}

function zshArguments(args: readonly ArgumentSpec[]): string {
  const options = optionsOf(args).map((argument) => {
    const repeats = argument.repeatable ? '*' : '';
    const text = `${repeats}--${argument.name}[${argument.summary.replace(/[[\]:]/gu, '')}]`;
    if (argument.kind === 'flag') return quoted(text);
    return quoted(`${text}:${argument.name}:${zshValues(argument)}`);
  });
  return [...options, quoted('*:argument:_files')].join(' ');
}

function zshValues(argument: ArgumentSpec): string {
  if (argument.choices !== undefined) return `(${argument.choices.join(' ')})`;
  return argument.completes === 'file' ? '_files' : '';
}

function fish(commands: readonly CommandSpec[]): string {
  const lines = commands.flatMap((spec) => [
    `complete -c tutti -n __fish_use_subcommand -f -a ${spec.name} -d ${quoted(spec.summary)}`,
    ...spec.subcommands.map((one) => {
      const others = spec.subcommands.map(({ name }) => name).join(' ');
      const when = quoted(`__fish_seen_subcommand_from ${spec.name}; and not __fish_seen_subcommand_from ${others}`);
      return `complete -c tutti -n ${when} -f -a ${one.name} -d ${quoted(one.summary)}`;
    }),
    ...spec.args.filter(({ kind }) => kind !== 'positional').map((argument) => fishOption(argument, spec.name)),
    ...spec.subcommands.flatMap((one) =>
      one.args.filter(({ kind }) => kind !== 'positional').map((argument) => fishOption(argument, spec.name, one.name)),
    ),
  ]);
  return [
    '# Completion of tutti for fish: tutti completions fish > ~/.config/fish/completions/tutti.fish',
    ...commonOptions.map((argument) => fishOption(argument)),
    ...lines,
  ].join('\n');
}

function fishOption(argument: ArgumentSpec, ...path: readonly string[]): string {
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
  const when = seen === '' ? '' : ` -n ${quoted(seen)}`;
  const values = argument.choices === undefined ? '' : ` -a ${quoted(argument.choices.join(' '))}`;
  const takes = argument.kind === 'flag' ? '' : argument.completes === 'file' ? ' -r -F' : ` -x${values}`;
  return `complete -c tutti${when} -l ${argument.name}${takes} -d ${quoted(argument.summary)}`;
}

/** In single quotes, as all three shells read them. */
function quoted(text: string): string {
  return `'${text.replace(/'/gu, "'\\''")}'`;
}
