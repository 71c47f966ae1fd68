import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../src/history/history.ts';
import { historyMarkdown } from '../../src/history/markdown.ts';
import { entryWith } from '../support/store/history.ts';

it('renders an entry with all that is known of it', () => {
  const text = render({
    ...entryWith({
      agent: 'api',
      text: 'The answer.',
      status: 'answered',
      retried: true,
      sessionId: 's1',
      durationMs: 2340,
      usage: { inputTokens: 10, outputTokens: 5, cachedTokens: 2, costUsd: 0.0123 },
    }),
    id: '7',
    at: '2026-01-01T00:00:00.000Z',
  });
  expect(text).toBe(`# History

## 2026-01-01T00:00:00.000Z · reply · \` Alice \` → \` api \`

- id 7, in \` terminal:one \`
- \` answered \`, retried
- session \` s1 \`
- 2.3 s
- 10 tokens in (2 cached), 5 out, $0.0123

\`\`\`text
The answer.
\`\`\`
`);
});

it('shows the summary where there is no text, and says nothing of what is not known', () => {
  const text = render({
    ...entryWith({ usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0, costUsd: null } }),
    id: '1',
    at: 'now',
  });
  expect(text).toContain('` A summary `');
  expect(text).toContain('cost unknown');
  expect(text).not.toMatch(/session|null| s$/m);
});

it('lets no text out of its place', () => {
  const text = render({
    ...entryWith({
      actor: '[Eve](http://x) `tick`\n# Heading',
      agent: '<!channel>',
      text: '```\n# Not a heading\n````\n\u001b[2Jend',
    }),
    id: '1',
    at: 'now',
  });
  expect(text).toContain('`````text\n```\n# Not a heading\n````\nend\n`````\n');
  expect(text).toContain('`` [Eve](http://x) `tick` # Heading ``');
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# History',
    expect.stringMatching(/^## now/),
    '# Not a heading',
  ]);
});

it('makes it piece by piece, as the entries come', () => {
  const taken: string[] = [];
  function* entries() {
    for (const id of ['1', '2', '3']) {
      taken.push(id);
      yield { ...entryWith(), id, at: 'now' };
    }
  }
  const pieces = historyMarkdown(entries());
  pieces.next();
  pieces.next();
  expect(taken).toEqual(['1']);
});

function render(entry: HistoryEntry): string {
  return [...historyMarkdown([entry])].join('');
}
