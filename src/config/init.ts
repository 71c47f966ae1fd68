import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { messageOf, UserError } from '../errors.ts';
import { discoverProjects, type FoundProject } from './discover.ts';

/** What `tutti init` wrote, and for whom. */
export interface Initialised {
  /** Absolute. */
  readonly file: string;
  readonly agents: readonly FoundProject[];
}

/**
 * Writes a commented `tutti.yaml` for the projects here. Asks nothing, and never changes a file that is there: then it throws a
 * UserError `file-exists` (exit 2); `not-written` (exit 1) where it cannot write.
 */
export function init(directory: string): Initialised {
  const file = join(directory, 'tutti.yaml');
  const agents = discoverProjects(directory);
  try {
    writeFileSync(file, configText(agents, directory), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new UserError('file-exists', `${file} is there already, and was not changed.`, {
        hint: 'Edit it, or move it away and run "tutti init" again.',
        exit: 2,
      });
    }
    throw new UserError('not-written', `${file} could not be written: ${messageOf(error)}.`, {
      hint: 'Run "tutti init" in a directory that you may write to.',
    });
  }
  return { file, agents };
}

function configText(agents: readonly FoundProject[], directory: string): string {
  return `# Who can be asked, and how. Every key is explained in config/tutti.example.yaml of the Tutti package.
# Paths are relative to this file. Secrets never stand here: they are taken from the environment.

agents:
${agents.map((agent) => agentText(agent, directory)).join('\n')}
# Several agents under one name, as in "@backend why is login slow?". "@all" is everyone.
# groups:
#   backend: [api, worker]

# Who decides whom to ask and writes the answer: auto (the first CLI that is installed and signed in, else search), a CLI by name,
# a LangChain model such as anthropic:NAME, or search (no model). "tutti doctor" says what there is.
# moderator:
#   model: auto

# What a question may cost at most.
# budgets:
#   question: { usd: 5, tokens: 2000000 }

# Slack and Discord, for "tutti serve". There nobody may do anything until a rule says so.
# surfaces:
#   slack: {}
# access:
#   - surface: slack
#     channels: [C0123456789]
#     may: [read]
`;
}

function agentText({ name, directory: project, description }: FoundProject, directory: string): string {
  const lines = [
    `  ${keyText(name)}:`,
    `    directory: ${quoted(relative(directory, project) || '.')}`,
    ...(description === ''
      ? ['    # description: what the moderator should know about it']
      : [`    description: ${quoted(description)}`]),
    '    provider: auto # or claude, codex, opencode, … · search needs no model',
    '    access: edit # what asks with --write may do: read (nothing), edit (files here), full (everything) · questions only read',
  ];
  return `${lines.join('\n')}\n`;
}

/** Plain where YAML cannot take it for anything else. */
function keyText(name: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name);
  return isPlain ? name : quoted(name);
}

/** Text in double quotes; what cannot be seen, or would reorder what is seen, as its number. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
