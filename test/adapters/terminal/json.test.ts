import { describe, expect, it } from 'vitest';
import { errorOf, eventLine, lastLine, sentence } from '../../../src/adapters/terminal/json.ts';
import { part } from '../../support/terminal-host.ts';

const at = '2026-01-02T03:04:05.000Z';

describe('lines of JSON', () => {
  it('begin with what happened and when', () => {
    const line = eventLine({ type: 'decision', round: 1, next: 'ask', reason: null, agents: ['api'] }, at);
    expect(line).toBe(`{"type":"decision","at":"${at}","round":1,"next":"ask","reason":null,"agents":["api"]}`);
  });

  it('leave out what is only for people', () => {
    expect(eventLine({ type: 'answer_text', text: 'x' }, at)).toBeNull();
    expect(eventLine({ type: 'notice', message: 'x' }, at)).toBeNull();
  });

  it('end with the result and its fields', () => {
    expect(JSON.parse(lastLine(part({ data: { turnId: 't', status: 'answered' } }), at))).toEqual({
      type: 'result',
      at,
      turnId: 't',
      status: 'answered',
    });
    expect(JSON.parse(lastLine(part({ data: { type: 'complete', success: true } }), at))).toEqual({
      type: 'complete',
      at,
      success: true,
    });
    expect(JSON.parse(lastLine(part({ data: [1] }), at))).toEqual({ type: 'result', at, value: [1] });
  });

  it('end with the error, one level deep', () => {
    const error = { code: 'denied', message: 'You may not.', hint: null };
    expect(JSON.parse(lastLine(part({ kind: 'error', data: { error } }), at))).toEqual({ type: 'error', at, ...error });
  });
});

it('says an error as a sentence and what to do, and a broken one by its text', () => {
  expect(sentence({ code: 'x', message: 'It broke.', hint: 'Mend it.' })).toBe('It broke.\nMend it.');
  expect(errorOf(part({ kind: 'error', data: null, markdown: 'It broke.' }))).toEqual({
    code: 'failed',
    message: 'It broke.',
    hint: null,
  });
});
