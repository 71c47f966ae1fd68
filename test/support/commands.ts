import type { CommandSpec } from '../../src/adapters/adapter.ts';

/** A small set of declared commands that has every kind of argument the grammar knows. */
export const sampleCommands: readonly CommandSpec[] = [
  {
    name: 'ask',
    summary: 'Ask a question',
    right: 'read',
    args: [
      {
        name: 'question',
        summary: 'What to ask',
        kind: 'positional',
        type: 'text',
        required: true,
        readsInput: true,
      },
      { name: 'agents', summary: 'Whom to ask', kind: 'option', type: 'word', repeatable: true, completes: 'target' },
      { name: 'rounds', summary: 'Rounds at most', kind: 'option', type: 'number' },
      { name: 'write', summary: 'Let agents write', kind: 'flag', type: 'boolean' },
    ],
    subcommands: [],
  },
  {
    name: 'history',
    summary: 'What happened',
    right: 'read',
    defaultSubcommand: 'list',
    args: [
      { name: 'limit', summary: 'Entries at most', kind: 'option', type: 'number' },
      { name: 'agent', summary: 'Only this agent', kind: 'option', type: 'word', completes: 'agent' },
    ],
    subcommands: [
      { name: 'list', summary: 'The newest entries', right: 'read', args: [] },
      {
        name: 'search',
        summary: 'Find entries',
        right: 'read',
        args: [{ name: 'query', summary: 'Words', kind: 'positional', type: 'text', required: true }],
      },
      {
        name: 'export',
        summary: 'All entries',
        right: 'read',
        args: [
          { name: 'format', summary: 'How', kind: 'option', type: 'word', choices: ['json', 'markdown'] },
          { name: 'file', summary: 'Where to', kind: 'positional', type: 'word', completes: 'file' },
        ],
      },
    ],
  },
  {
    name: 'group',
    summary: 'Named sets of agents',
    right: 'read',
    defaultSubcommand: 'list',
    args: [],
    subcommands: [
      { name: 'list', summary: 'All groups', right: 'read', args: [] },
      {
        name: 'set',
        summary: 'Make or change a group',
        right: 'admin',
        args: [
          { name: 'name', summary: 'Its name', kind: 'positional', type: 'word', required: true, completes: 'group' },
          {
            name: 'agents',
            summary: 'Its agents',
            kind: 'positional',
            type: 'word',
            required: true,
            repeatable: true,
            completes: 'agent',
          },
        ],
      },
    ],
  },
  {
    name: 'schedule',
    summary: 'Later',
    right: 'write',
    args: [],
    subcommands: [
      {
        name: 'add',
        summary: 'Add one',
        right: 'write',
        args: [
          { name: 'every', summary: 'How often', kind: 'option', type: 'duration', required: true },
          { name: 'quiet', summary: 'Say nothing', kind: 'option', type: 'boolean' },
          { name: 'text', summary: 'What', kind: 'positional', type: 'text', required: true },
        ],
      },
      { name: 'remove', summary: 'Remove one', right: 'write', args: [] },
    ],
  },
  {
    name: 'stop',
    summary: 'Stop what runs',
    right: 'read',
    args: [
      { name: 'what', summary: 'A turn or an agent', kind: 'positional', type: 'word', completes: 'turn' },
      { name: 'conversation', summary: 'There', kind: 'option', type: 'word', completes: 'conversation' },
    ],
    subcommands: [],
  },
  {
    name: 'help',
    summary: 'Help',
    right: 'read',
    args: [{ name: 'command', summary: 'About what', kind: 'positional', type: 'word', completes: 'command' }],
    subcommands: [],
  },
];
