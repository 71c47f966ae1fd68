/** The tools by which the CLIs read a file, write one and run a command: each gives them names and arguments of its own. */
import type { ModelRequest } from './request.ts';

type Args = Readonly<Record<string, unknown>>;

export type ToolWish =
  | { readonly does: 'read'; readonly path: string }
  | { readonly does: 'write'; readonly path: string; readonly content: string }
  | { readonly does: 'shell'; readonly command: string }
  /** A tool by its own name. */
  | { readonly does: 'call'; readonly name: string; readonly args: Args };

export interface ToolCall {
  readonly name: string;
  readonly args: Args;
}

const readers: Record<string, (path: string) => Args> = {
  Read: (path) => ({ file_path: path }),
  read: (path) => ({ filePath: path, path }),
  read_file: (path) => ({ file_path: path }),
  view: (path) => ({ path }),
};

const writers: Record<string, (path: string, content: string) => Args> = {
  Write: (path, content) => ({ file_path: path, content }),
  write: (path, content) => ({ filePath: path, path, content }),
  write_file: (path, content) => ({ file_path: path, content }),
  create: (path, content) => ({ path, file_text: content }),
  Create: (path, content) => ({ file_path: path, content }),
};

const shells: Record<string, (command: string) => Args> = {
  Bash: (command) => ({ command, description: 'run' }),
  bash: (command) => ({ command, description: 'run' }),
  exec_command: (command) => ({ cmd: command }),
  run_shell_command: (command) => ({ command, description: 'run', is_background: false }),
  Execute: (command) => ({ command, summary: 'run', timeout: 60, riskLevel: 'low', riskLevelReason: 'a test' }),
};

/** The call that grants the wish with one of the offered tools, or null where no tool can. A shell stands in for the others. */
export function callFor(wish: ToolWish, request: ModelRequest): ToolCall | null {
  if (wish.does === 'call')
    return request.tools.includes(wish.name.split('.')[0] ?? '') ? { name: wish.name, args: wish.args } : null;
  if (wish.does === 'read') {
    const call = offered(readers, request, (args) => args(wish.path));
    if (call !== null) return call;
  }
  if (wish.does === 'write') {
    const call = offered(writers, request, (args) => args(wish.path, wish.content));
    if (call !== null) return call;
  }
  return offered(shells, request, (args) => args(commandFor(wish)));
}

function offered<T>(tools: Record<string, T>, request: ModelRequest, call: (args: T) => Args): ToolCall | null {
  const found = Object.entries(tools).find(([name]) => request.tools.includes(name));
  return found === undefined ? null : { name: found[0], args: call(found[1]) };
}

function commandFor(wish: Exclude<ToolWish, { does: 'call' }>): string {
  if (wish.does === 'shell') return wish.command;
  return wish.does === 'read' ? `cat ${wish.path}` : `printf '${wish.content}' > ${wish.path}`;
}
