import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from '../src/log.ts';
import { createMask } from '../src/mask.ts';

const mask = createMask([{ name: 'API_TOKEN', value: 'tok-0123456789' }]);

function record(level: LogLevel) {
  const lines: string[] = [];
  return { lines, log: createLog({ level, mask, write: (line) => lines.push(line) }) };
}

describe('createLog', () => {
  it('writes a JSON line with its level, time, sentence and fields', () => {
    const { lines, log } = record('info');
    log.info('Started.', { surface: 'slack', port: 3000, at: new Date(0) });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      msg: 'Started.',
      surface: 'slack',
      port: 3000,
      at: '1970-01-01T00:00:00.000Z',
    });
    expect(lines[0]).toMatch(/\n$/);
  });

  it('writes nothing below its level, and nothing at all when silent', () => {
    const { lines, log } = record('warn');
    log.debug('no');
    log.info('no');
    log.error('yes');
    expect(lines).toHaveLength(1);
    const silent = record('silent');
    silent.log.error('no');
    expect(silent.lines).toEqual([]);
  });

  it('gives the fields of a child to every line of the child, and to no other', () => {
    const { lines, log } = record('info');
    log.child({ turnId: 't1' }).child({ agent: 'api' }).info('one');
    log.info('two');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ turnId: 't1', agent: 'api' });
    expect(lines[1]).not.toContain('turnId');
  });

  it('masks secrets wherever they stand', () => {
    const { lines, log } = record('info');
    log.child({ bound: 'tok-0123456789' }).info('say tok-0123456789', {
      deep: { list: ['tok-0123456789'] },
      error: new Error('failed with tok-0123456789'),
      address: new URL('https://host.example/?t=tok-0123456789'),
    });
    expect(lines[0]).not.toContain('tok-0123456789');
    expect(lines[0]?.match(/\[API_TOKEN\]/g)).toHaveLength(5);
  });

  it('keeps what people and models wrote out, and only says how long it was', () => {
    const { lines, log } = record('info');
    log.info('Asked.', { prompt: 'a private question', ask: { text: 'a private reply' } });
    expect(lines[0]).not.toContain('private');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ prompt: '[18 characters]', ask: { text: '[15 characters]' } });
  });

  it('writes no control characters and no stack traces', () => {
    const { lines, log } = record('info');
    log.info('a\x1b[2Jb\u202ec', { file: 'x\x1b]0;t\x07y', error: new Error('broken') });
    const line = lines[0] ?? '';
    expect(JSON.parse(line)).toMatchObject({ msg: 'abc', file: 'xy', error: { name: 'Error', message: 'broken' } });
    expect(line).not.toContain('log.test.ts');
  });

  it('survives fields that lead to themselves', () => {
    const { lines, log } = record('info');
    const circle: Record<string, unknown> = {};
    circle.again = circle;
    log.info('Round.', { circle });
    expect(lines).toHaveLength(1);
  });

  it('writes to stderr and loads its library only with the first line that is written', () => {
    const script = `
      import { createRequire } from 'node:module';
      import { createLog } from './src/log.ts';
      const loaded = () => Object.keys(createRequire(process.cwd() + '/x.js').cache).some((file) => file.includes('/pino/'));
      const log = createLog({ level: 'warn', mask: (text) => text });
      log.info('not written');
      const before = loaded();
      log.warn('written');
      process.stdout.write(JSON.stringify({ before, after: loaded() }));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual({ before: false, after: true });
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).msg),
    ).toEqual(['written']);
  });
});
