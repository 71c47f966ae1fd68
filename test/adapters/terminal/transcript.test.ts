import { describe, expect, it } from 'vitest';
import { createOutput } from '../../../src/adapters/terminal/output.ts';
import { createPainter } from '../../../src/adapters/terminal/painter.ts';
import { createTranscripts } from '../../../src/adapters/terminal/transcript.ts';
import { virtualScreen } from '../../support/screen.ts';

function transcripts() {
  const screen = virtualScreen(40, 10);
  return { screen, said: createTranscripts(createPainter(createOutput(screen.stream)), 'a') };
}

describe('what was said in each conversation', () => {
  it('is printed where it is shown, and elsewhere when that is shown', async () => {
    const { screen, said } = transcripts();
    await said.print('a', 'one\n');
    let seen = false;
    const waiting = said.print('b', 'two\n').then(() => {
      seen = true;
    });
    expect(screen.text()).toBe('one');
    expect(seen).toBe(false);
    await said.show('b');
    await waiting;
    expect(screen.text()).toBe('two');
  });

  it('is there again when people come back', async () => {
    const { screen, said } = transcripts();
    await said.print('a', 'one\n');
    await said.show('b');
    await said.show('a');
    expect(screen.text()).toBe('one');
  });

  it('is kept only so far', async () => {
    const { screen, said } = transcripts();
    await said.print('a', `${'old\n'.repeat(20_000)}`);
    await said.print('a', 'new\n');
    await said.show('b');
    await said.show('a');
    expect(screen.text()).toBe('new');
  });

  it('never has two blank lines in a row', async () => {
    const { screen, said } = transcripts();
    await said.print('a', 'question\n\n');
    await said.print('a', '\nanswer\n');
    await said.print('a', '\nmore\n');
    expect(screen.lines()).toEqual(['question', '', 'answer', '', 'more']);
  });

  it('is refused when the terminal is left before it was shown', async () => {
    const { said } = transcripts();
    const waiting = said.print('b', 'two\n');
    said.close();
    await expect(waiting).rejects.toMatchObject({ code: 'output-closed' });
    await expect(said.print('a', 'x\n')).rejects.toMatchObject({ code: 'output-closed' });
  });
});
