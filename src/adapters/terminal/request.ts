/** What stands on the command line: the options that concern Tutti itself, and the words that are left. */
export interface CommandLineRequest {
  readonly config: string | null;
  readonly conversation: string | null;
  readonly format: OutputFormat;
  readonly version: boolean;
  readonly help: boolean;
  /** The command with its own arguments; empty for the REPL. */
  readonly words: readonly string[];
}

export type OutputFormat = 'text' | 'json' | 'jsonl';

export type ReadRequest =
  | { readonly ok: true; readonly request: CommandLineRequest }
  | { readonly ok: false; readonly message: string; readonly format: OutputFormat };

/** Options that mean the same anywhere on the command line, up to a `--`; for help and completion. */
export const commonOptions = [
  { name: 'json', summary: 'Print one JSON object', kind: 'flag', type: 'boolean' },
  {
    name: 'jsonl',
    summary: 'Print one JSON event a line as they happen, the result last',
    kind: 'flag',
    type: 'boolean',
  },
  { name: 'config', summary: 'Read this configuration', kind: 'option', type: 'word', completes: 'file' },
  {
    name: 'conversation',
    summary: 'In this conversation',
    kind: 'option',
    type: 'word',
    completes: 'conversation',
  },
  { name: 'help', summary: 'Explain the command', kind: 'flag', type: 'boolean' },
  { name: 'version', summary: 'Print the version', kind: 'flag', type: 'boolean' },
] as const;

/** Reads the words behind `tutti`. A missing value is the only thing that can be wrong here. */
export function readRequest(argv: readonly string[]): ReadRequest {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const rest = end === -1 ? [] : argv.slice(end);
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const words: string[] = [];
  let lacking: string | null = null;
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] ?? '';
    const name = word === '-h' ? 'help' : /^--([a-z]+)(?:=|$)/u.exec(word)?.[1];
    const option = commonOptions.find((one) => one.name === name);
    if (option === undefined || name === undefined) {
      words.push(word);
    } else if (option.kind === 'flag') {
      flags.add(name);
    } else {
      const isApart = !word.includes('=');
      const value = isApart ? valueIn(own[index + 1]) : word.slice(word.indexOf('=') + 1);
      if (isApart && value !== undefined) index += 1;
      // What follows is still read: it may say how errors are to be printed.
      if (value === undefined || value === '') lacking ??= name;
      else values.set(name, value);
    }
  }
  if (lacking !== null) return { ok: false, message: `--${lacking} needs a value.`, format: formatOf(flags) };
  return {
    ok: true,
    request: {
      config: values.get('config') ?? null,
      conversation: values.get('conversation') ?? null,
      format: formatOf(flags),
      version: flags.has('version'),
      help: flags.has('help'),
      words: [...words, ...rest],
    },
  };
}

/** What stands after an option, where that is no option itself. */
function valueIn(next: string | undefined): string | undefined {
  return next?.startsWith('--') === true ? undefined : next;
}

function formatOf(flags: ReadonlySet<string>): OutputFormat {
  if (flags.has('jsonl')) return 'jsonl';
  return flags.has('json') ? 'json' : 'text';
}

/** The conversation that a name on the command line stands for: `terminal:` may be left out. */
export function conversationNamed(name: string): string {
  return name.startsWith('terminal:') ? name : `terminal:${name}`;
}
