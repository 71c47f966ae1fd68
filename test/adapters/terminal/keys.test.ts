import { emitKeypressEvents } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type KeyAction, keyAction } from '../../../src/adapters/terminal/keys.ts';

/** What a terminal sends, through Node's own decoder. */
function pressed(sequence: string): readonly (KeyAction | null)[] {
  const input = new PassThrough();
  const actions: (KeyAction | null)[] = [];
  emitKeypressEvents(input);
  input.on('keypress', (typed, key) => actions.push(keyAction(typed, key)));
  input.emit('data', Buffer.from(sequence));
  return actions;
}

describe('keys', () => {
  it.each([
    ['\r', { type: 'submit' }],
    ['\x1b\r', { type: 'newline' }],
    ['\n', { type: 'newline' }],
    ['\t', { type: 'complete', backward: false }],
    ['\x1b[Z', { type: 'complete', backward: true }],
    ['\x1b[A', { type: 'up' }],
    ['\x1b[B', { type: 'down' }],
    ['\x1b[D', { type: 'edit', edit: { type: 'move', to: 'left' } }],
    ['\x1b[1;5D', { type: 'edit', edit: { type: 'move', to: 'word-left' } }],
    ['\x1bb', { type: 'edit', edit: { type: 'move', to: 'word-left' } }],
    ['\x1b[H', { type: 'edit', edit: { type: 'move', to: 'line-start' } }],
    ['\x7f', { type: 'edit', edit: { type: 'delete', what: 'left' } }],
    ['\x1b\x7f', { type: 'edit', edit: { type: 'delete', what: 'word-left' } }],
    ['\x1b[3~', { type: 'edit', edit: { type: 'delete', what: 'right' } }],
    ['\x17', { type: 'edit', edit: { type: 'delete', what: 'word-left' } }],
    ['\x1f', { type: 'edit', edit: { type: 'undo' } }],
    ['\x03', { type: 'interrupt' }],
    ['\x04', { type: 'end' }],
    ['\x12', { type: 'search' }],
    ['\x0c', { type: 'redraw' }],
    ['\x1a', { type: 'suspend' }],
    ['\x1b3', { type: 'tab', number: 3 }],
    ['\x1bn', { type: 'next-tab', step: 1 }],
    ['a', { type: 'edit', edit: { type: 'insert', text: 'a' } }],
    ['É', { type: 'edit', edit: { type: 'insert', text: 'É' } }],
  ])('%j', (sequence, action) => {
    expect(pressed(sequence)).toEqual([action]);
  });

  it('mark what is pasted', () => {
    const actions = pressed('\x1b[200~a\x1b[201~').map((action) => action?.type);
    expect(actions).toEqual(['paste-start', 'edit', 'paste-end']);
  });

  it('without a meaning do nothing', () => {
    expect(pressed('\x1b[15~')).toEqual([null]);
    expect(pressed('\x1bx')).toEqual([null]);
  });
});
