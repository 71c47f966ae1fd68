import { describe, expect, it } from 'vitest';
import { type Menu, menuLines, pick } from '../../../src/adapters/terminal/menu.ts';
import { createStyle } from '../../../src/adapters/terminal/style.ts';
import { widthOf } from '../../../src/adapters/terminal/width.ts';

const menu = (count: number): Menu => ({
  from: 0,
  prefix: '',
  choices: Array.from({ length: count }, (_, index) => ({ value: `agent${index}`, summary: `about ${index}` })),
  picked: null,
});
const plain = createStyle(false);

describe('picking', () => {
  it('goes round in both directions', () => {
    expect(pick(menu(2), 1).picked).toBe(0);
    expect(pick(menu(2), -1).picked).toBe(1);
    expect(pick({ ...menu(2), picked: 1 }, 1).picked).toBe(0);
    expect(pick(menu(0), 1).picked).toBeNull();
  });
});

describe('the lines', () => {
  it('show names and summaries in columns, and how many there are besides', () => {
    expect(menuLines(menu(3), plain, 40, 2)).toEqual(['  agent0  about 0', '  agent1  about 1', '  … 1 more']);
  });

  it('keep the marked one in view', () => {
    const lines = menuLines({ ...menu(20), picked: 15 }, plain, 40, 4);
    expect(lines.join('\n')).toContain('agent15');
    expect(lines).toHaveLength(5);
    expect(menuLines({ ...menu(2), picked: 1 }, createStyle(true), 40)[1]).toContain('\x1b[7m  agent1');
  });

  it('are never wider than the screen, whatever choices are called', () => {
    const hostile = { ...menu(0), choices: [{ value: `${'x'.repeat(90)}\n\x1b[2J`, summary: 'y\ny' }] };
    const lines = menuLines(hostile, plain, 30);
    expect(lines).toHaveLength(1);
    expect(Math.max(...lines.map(widthOf))).toBeLessThan(30);
  });
});
