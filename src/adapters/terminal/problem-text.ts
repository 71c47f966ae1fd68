import { clean } from '../../clean.ts';
import type { Style } from './style.ts';
import { wrapWords } from './width.ts';

/** What went wrong and what to do, as lines under the question, on a screen of so many cells. */
export function problemText(
  problem: { readonly message: string; readonly hint: string | null },
  style: Style,
  width: number,
): string {
  const lines = (text: string) =>
    clean(text)
      .trim()
      .split('\n')
      .flatMap((line) => wrapWords(line, width - 4));
  const [first = '', ...more] = lines(problem.message);
  const said = [`  ${style.red('✗')} ${first}`, ...more.map((line) => `    ${line}`)];
  const hint = problem.hint === null ? [] : lines(problem.hint).map((line) => `    ${style.dim(line)}`);
  return `${[...said, ...hint].join('\n')}\n\n`;
}
