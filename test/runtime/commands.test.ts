import { expect, test } from 'vitest';
import type { ImmediateCommand } from '../../src/commands/command.ts';
import type { Services } from '../../src/commands/services.ts';
import { createLog } from '../../src/log.ts';
import { asUserError, createCommandRunner } from '../../src/runtime/commands.ts';
import { messageOf } from '../support/surface.ts';

const lines: string[] = [];
const log = createLog({ level: 'error', mask: (text) => text, write: (line) => void lines.push(line) });

function runner(run: ImmediateCommand['run'], may = true) {
  const command: ImmediateCommand = {
    kind: 'immediate',
    name: 'doctor',
    summary: '',
    right: 'read',
    args: [],
    subcommands: [],
    changes: () => false,
    run,
  };
  const given = { rights: { may: () => may } } as unknown as Services;
  const commands = createCommandRunner({
    commands: [command],
    services: () => given,
    log,
    newId: () => 'p',
    safe: (text) => text.replace('secret', '***'),
  });
  return commands.run(command, messageOf('/doctor'), 't', new AbortController().signal);
}

test('what a command says is made safe and carries its exit', async () => {
  expect(await runner(async () => ({ markdown: 'a secret', data: 1, exit: 3, verbatim: 'secret' }))).toMatchObject({
    kind: 'command',
    markdown: 'a ***',
    verbatim: '***',
    data: 1,
    exit: 3,
  });
});

test('the right is checked again when it runs', async () => {
  expect(await runner(async () => ({ markdown: '', data: 1 }), false)).toMatchObject({ kind: 'error', exit: 4 });
});

test('a defect is logged, and said without its inside', async () => {
  const part = await runner(async () => {
    throw new TypeError('x is not a function');
  });
  expect(part).toMatchObject({ kind: 'error', exit: 1, data: { error: { code: 'internal' } } });
  expect(part.markdown).not.toMatch(/\n\s+at /);
  expect(lines.join('')).toContain('x is not a function');
  expect(asUserError(new Error('boom'), 'Stopping', log).message).toContain('Stopping failed');
});
