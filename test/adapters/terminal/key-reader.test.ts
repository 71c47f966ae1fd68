import { emitKeypressEvents } from 'node:readline';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createKeyReader } from '../../../src/adapters/terminal/key-reader.ts';

it('gives keys one by one and what is pasted as a whole, Enter and all', () => {
  const seen: string[] = [];
  const read = createKeyReader({
    act: (action) => void seen.push(action.type),
    paste: (text) => void seen.push(`pasted ${JSON.stringify(text)}`),
  });
  const input = new PassThrough();
  emitKeypressEvents(input);
  input.on('keypress', read);
  input.emit('data', 'a\r\x1b[200~one\r\x03two\x1b[201~\x03');
  expect(seen).toEqual(['edit', 'submit', 'pasted "one\\r\\u0003two"', 'interrupt']);
});
