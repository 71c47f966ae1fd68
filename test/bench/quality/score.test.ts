import { describe, expect, it } from 'vitest';
import type { QualityQuestion } from '../../../bench/quality/question.ts';
import { type Reply, scoreReply } from '../../../bench/quality/score.ts';

const question: QualityQuestion = {
  id: 'retries',
  kind: 'how',
  text: 'How often does the api retry?',
  facts: [/\b5\b|five/i],
  gold: [{ project: 'api', path: 'src/retry.ts', symbol: 'retry' }],
  also: ['api:README.md'],
  traps: [/\b8\b/],
};

function replyOf(text: string, change: Partial<Reply> = {}): Reply {
  const costs = { modelCalls: 1, turns: 1, tokens: 10, wallMs: 1 };
  return { texts: [{ agent: null, text }], citations: [], extractive: false, problem: null, ...costs, ...change };
}

const cited = (path: string, verified = true, project = 'api') => ({ project, path, verified });

describe('right answers', () => {
  it('say every fact', () => {
    expect(scoreReply(question, replyOf('It retries five times.')).right).toBe(true);
    expect(scoreReply(question, replyOf('It retries often.')).right).toBe(false);
  });

  it('are not made right by the number of a line or of a source', () => {
    expect(scoreReply(question, replyOf('See src/retry.ts:5-5 and [5].')).right).toBe(false);
  });

  it('may give a file in their sources', () => {
    const where = { ...question, facts: [/src\/retry\.ts/] };
    const reply = replyOf('There [1].', { citations: [cited('src/retry.ts')] });
    expect(scoreReply(where, reply).right).toBe(true);
  });

  it('are not those that take a distractor for the answer', () => {
    const score = scoreReply(question, replyOf('Five times here, 8 there.'));
    expect([score.right, score.misled]).toEqual([false, true]);
  });

  it('are not the nearest files, named where a search found nothing', () => {
    const where = { ...question, facts: [/retry\.ts/] };
    const text = 'Nothing found that fits (3 files searched). The nearest files:\n\n- `src/retry.ts`';
    expect(scoreReply(where, replyOf(text, { extractive: true })).right).toBe(false);
  });
});

describe('what stands nowhere', () => {
  const half = { ...question, absent: { projects: ['api'], pattern: /moon/ } };
  const whole = { ...half, facts: [], gold: [] };

  it('has to be said to be missing, beside what can be answered', () => {
    expect(scoreReply(half, replyOf('Five times.')).right).toBe(false);
    expect(scoreReply(half, replyOf('Five times. The phase of the moon is not mentioned.')).right).toBe(true);
  });

  it('has to be said by everybody who was asked about it', () => {
    const texts = [
      { agent: 'api', text: 'By the moon.' },
      { agent: 'web', text: 'Nothing here says that.' },
    ];
    expect(scoreReply(whole, replyOf('', { texts })).right).toBe(false);
    expect(scoreReply(whole, replyOf('', { texts: [{ agent: 'api', text: 'There is no such rule.' }] })).right).toBe(
      true,
    );
  });

  it('is not said by words that are only quoted, nor by one project of several', () => {
    const quoted = (text: string) => scoreReply(whole, replyOf(text, { extractive: true })).right;
    expect(quoted('// does not retry on the moon')).toBe(false);
    expect(quoted('**api.** `retry()`\n\n- web: nothing found that fits')).toBe(false);
    expect(quoted('Nothing found that fits the question.\n\n- api: nothing found that fits')).toBe(true);
  });
});

describe('sources', () => {
  it('are counted by file: those the answer rests on, those that say the same, and wrong ones', () => {
    const citations = [cited('src/retry.ts'), cited('src/retry.ts'), cited('README.md'), cited('LICENSE', false)];
    const score = scoreReply(question, replyOf('Five.', { citations }));
    expect(score).toMatchObject({ cited: 3, citedRight: 2, gold: 1, goldCited: 1, citations: 4, verified: 3 });
  });

  it('of another project do not count for this one', () => {
    const citations = [cited('src/retry.ts', true, 'web')];
    expect(scoreReply(question, replyOf('Five.', { citations }))).toMatchObject({ citedRight: 0, goldCited: 0 });
  });

  it('of an answer that cannot be given are no errors', () => {
    const nothing = { ...question, facts: [], gold: [] };
    expect(scoreReply(nothing, replyOf('No.', { citations: [cited('LICENSE')] }))).toMatchObject({ cited: 0, gold: 0 });
  });
});
