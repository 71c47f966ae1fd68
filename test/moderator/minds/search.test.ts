import { describe, expect, it } from 'vitest';
import type { AskStatus } from '../../../src/adapters/adapter.ts';
import { createSearchMind } from '../../../src/moderator/minds/search.ts';
import type { AnsweredAsk, MindCall, Question, RosterEntry, Round } from '../../../src/moderator/moderator.ts';

const agent = (name: string, confidence: number, found: readonly string[] = [], provider = 'search'): RosterEntry => ({
  name,
  description: '',
  provider,
  directory: `/projects/${name}`,
  found,
  confidence,
});

const question = (text: string, roster: readonly RosterEntry[]) => ({ text, roster }) as unknown as Question;
const call = (asksLeft = 12) =>
  ({ signal: new AbortController().signal, asksLeft, roundsLeft: 3, repair: null }) as MindCall;

async function decide(text: string, roster: readonly RosterEntry[], rounds: readonly Round[] = [], asksLeft = 12) {
  return (await createSearchMind().decide(question(text, roster), rounds, call(asksLeft))).decision;
}

async function asked(text: string, roster: readonly RosterEntry[], asksLeft = 12) {
  const decision = await decide(text, roster, [], asksLeft);
  return decision.next === 'ask' ? decision.asks.map((ask) => ask.agent) : decision.next;
}

interface Reply {
  readonly status?: AskStatus;
  readonly text?: string;
  readonly sources?: readonly {
    readonly path: string;
    readonly line: number;
    readonly endLine: number;
    readonly excerpt: string;
  }[];
}

function answered(name: string, { status = 'answered', text = 'text', sources = [] }: Reply): AnsweredAsk {
  const outcome = { result: { agent: name, status, text }, directory: '/', sources };
  return {
    id: name,
    agent: name,
    prompt: '',
    access: 'read',
    after: [],
    final: false,
    outcome,
  } as unknown as AnsweredAsk;
}

const round = (...asks: readonly AnsweredAsk[]): Round => ({ number: 1, reason: null, asks });

async function conclude(text: string, ...rounds: readonly Round[]) {
  const roster = [agent('api', 0.2, ['src/near.ts']), agent('web', 0.2)];
  const decision = (await createSearchMind().conclude(question(text, roster), rounds, call())).decision;
  return decision.next === 'answer' ? decision : { markdown: '', unanswered: [] };
}

describe('routing', () => {
  it('asks the likeliest first, and leaves out those that are far less likely', async () => {
    const roster = [agent('web', 0.5), agent('api', 0.9), agent('worker', 0.1)];
    expect(await asked('how are tokens refreshed', roster)).toEqual(['api', 'web']);
  });

  it('asks everybody who was named, however little their index fits', async () => {
    const roster = [agent('web', 0.01), agent('api', 0.9)];
    expect(await asked('how do @web and @api refresh tokens', roster)).toEqual(['api', 'web']);
    expect(await asked('how does @all refresh tokens', roster)).toEqual(['api']);
    expect(await asked('write to ann@example.com', roster)).toEqual(['api']);
  });

  it('asks those whose names stand in the question, and of the others only who fits nearly as well as the best', async () => {
    const roster = [agent('web-app', 0.2), agent('api', 0.9), agent('worker', 0.45), agent('jobs', 0.6)];
    expect(await asked('how does the web app reach the API', roster)).toEqual(['api', 'jobs', 'web-app']);
    expect(await asked('how does a rapid webapplication start', roster)).toEqual(['api', 'jobs', 'worker']);
    expect(await asked('what do jobs do', [agent('jobs', 0.1), agent('api', 0.9)])).toEqual(['api']);
  });

  it('asks no more than are left, and says so where nobody is', async () => {
    const roster = [agent('web', 0.8), agent('api', 0.9), agent('app', 0.85)];
    expect(await asked('tokens', roster, 1)).toEqual(['api']);
    expect(await asked('tokens', [])).toBe('answer');
  });

  it('passes the words of the question on, and names what it went by', async () => {
    const decision = await decide('how are tokens refreshed', [agent('api', 0.9, ['src/token.ts'])]);
    expect(decision).toMatchObject({
      next: 'ask',
      reason: 'best matches in api: src/token.ts',
      asks: [{ agent: 'api', prompt: 'how are tokens refreshed', after: [], final: false }],
    });
  });
});

describe('the answer', () => {
  const source = (path: string, excerpt: string) => ({ path, line: 3, endLine: 5, excerpt });

  it('gives each agent its passages, with sources', async () => {
    const { markdown, unanswered } = await conclude(
      'how are tokens refreshed',
      round(
        answered('api', {
          sources: [source('src/token.ts', '// Tokens are refreshed a minute early.\nrefresh(token);')],
        }),
        answered('web', { sources: [source('src/session.ts', 'refreshToken(session);')] }),
      ),
    );
    expect(markdown).toContain('**api**');
    expect(markdown).toContain('Tokens are refreshed a minute early. [api:src/token.ts:3-5]');
    expect(markdown).toContain('[web:src/session.ts:3-5]');
    expect(unanswered).toEqual([]);
  });

  it('takes replies of other agents word for word, with the place that they name', async () => {
    const { markdown } = await conclude(
      'how are tokens refreshed',
      round(answered('app', { text: 'Some preface.\n\nTokens are refreshed in src/token.ts:42 by a timer.' })),
    );
    expect(markdown).toContain('Tokens are refreshed in src/token.ts:42 by a timer. [app:src/token.ts:42]');
  });

  it('says who found nothing, and nothing of its own', async () => {
    const { markdown, unanswered } = await conclude(
      'how are tokens refreshed',
      round(
        answered('api', { text: 'Nothing found that fits (9 files searched).' }),
        answered('web', { status: 'failed' }),
      ),
    );
    expect(markdown).toBe('Nothing found that fits the question.');
    expect(unanswered).toEqual(['api: nothing found that fits (nearest: src/near.ts)']);
  });

  it('passes on that nothing fits well, and names only who is near where others fit', async () => {
    const near = answered('api', {
      text: 'Nothing fits well (9 files searched). Nearest to it, 1 passage in 1 file:',
      sources: [source('src/near.ts', 'refresh(page);')],
    });
    const alone = await conclude('how are tokens refreshed', round(near));
    expect(alone.markdown).toMatch(/^Nothing fits well\. Nearest to it:\n\n\*\*api\*\*/);
    const fitting = answered('web', { sources: [source('src/session.ts', 'refreshToken(session);')] });
    const { markdown, unanswered } = await conclude('how are tokens refreshed', round(near, fitting));
    expect(markdown).not.toContain('near.ts');
    expect(unanswered).toEqual(['api: nothing found that fits well (nearest: src/near.ts)']);
  });

  it('lets the newest answer of an agent count', async () => {
    const first = round(answered('api', { sources: [source('old.ts', 'refresh(token);')] }));
    const second = round(answered('api', { sources: [source('new.ts', 'refresh(token);')] }));
    const { markdown } = await conclude('tokens refresh', first, second);
    expect(markdown).toContain('new.ts');
    expect(markdown).not.toContain('old.ts');
  });
});
