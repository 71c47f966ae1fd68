import { expect, test } from 'vitest';
import * as commands from '../../src/commands/index.ts';
import type { Services } from '../../src/commands/services.ts';
import { requestOf } from '../../src/runtime/requests.ts';
import { messageOf } from '../support/surface.ts';

const all = Object.values(commands);
const services = {} as Services;

test('a message asks its text, a command what it declares', () => {
  expect(requestOf(messageOf('why?'), null, all, services).request).toMatchObject({
    text: 'why?',
    agents: [],
    write: false,
    to: null,
  });
  expect(
    requestOf(messageOf('/ask --agents api,web --rounds 2 --write why?'), null, all, services).request,
  ).toMatchObject({ text: 'why?', agents: ['api', 'web'], rounds: 2, write: true });
  expect(requestOf(messageOf('/send @api --session s1 hello'), null, all, services).request).toMatchObject({
    text: 'hello',
    to: 'api',
    session: 's1',
  });
});

test('a command that opens no question is refused', () => {
  expect(() => requestOf(messageOf('/status'), null, all, services)).toThrow('opens no question');
});
