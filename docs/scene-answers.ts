/** A line that a stand-in prints, or the name of a gate that it waits at. */
export type StageLine = Readonly<Record<string, unknown>> | { readonly wait: string };

const session = '41c2f0de-6a55-4b0e-9d7a-2f6f1c8f3a10';

/** What Claude Code prints, as far as it is read. */
function claude(mode: 'plan' | 'default', work: readonly StageLine[], result: StageLine): readonly StageLine[] {
  return [{ type: 'system', subtype: 'init', session_id: session, permissionMode: mode }, ...work, result];
}

function uses(tokens: number, name: string, input: Readonly<Record<string, string>>): readonly StageLine[] {
  const started = { type: 'message_start', message: { usage: { input_tokens: tokens } } };
  return [
    { type: 'stream_event', event: started },
    { type: 'assistant', message: { content: [{ type: 'tool_use', id: `${name}-${tokens}`, name, input }] } },
  ];
}

function says(result: string, inputTokens: number, outputTokens: number, costUsd: number): StageLine {
  const usage = { input_tokens: inputTokens, output_tokens: outputTokens };
  return {
    type: 'result',
    subtype: 'success',
    is_error: false,
    session_id: session,
    result,
    usage,
    model_usage_since_last_result: { model: { costUSD: costUsd } },
  };
}

function decides(decision: Readonly<Record<string, unknown>>): readonly StageLine[] {
  return claude('default', [], says(JSON.stringify(decision), 2100, 140, 0.02));
}

const conclusion = `Staging signs refresh tokens for **15 minutes**, production for 30 days [api:src/auth/token.ts:3].
The client refreshes only in the last 60 seconds [web:src/session.ts:5], and nothing does so while the tab sleeps [web:src/wake.ts:12].`;

/** What each stand-in says, by agent; the moderator's (`tutti`) by the rounds that are over. */
export const answers: Readonly<Record<string, readonly StageLine[]>> = {
  'tutti-0': decides({
    next: 'ask',
    reason: 'both handle the token',
    asks: [
      { agent: 'api', prompt: 'For how long are refresh tokens signed, and where?' },
      { agent: 'web', prompt: 'When are refresh tokens renewed?' },
    ],
  }),
  'tutti-1': decides({
    next: 'ask',
    reason: 'web did not say what happens while the tab sleeps',
    asks: [
      { agent: 'web', prompt: 'What renews the token while the tab sleeps?' },
      { agent: 'worker', prompt: 'Does a job renew tokens?', after: ['web'] },
    ],
  }),
  'tutti-2': decides({
    next: 'answer',
    markdown: conclusion,
    disagreements: [],
    unanswered: ['whether a background job renews tokens'],
  }),
  api: claude(
    'plan',
    [...uses(5200, 'Read', { file_path: 'src/auth/token.ts' }), { wait: 'api' }],
    says('Staging: 15 minutes, src/auth/token.ts:3.', 12_400, 900, 0.07),
  ),
  web: claude(
    'plan',
    [...uses(4100, 'Grep', { pattern: 'refresh' }), { wait: 'web' }],
    says('It renews a token in its last 60 seconds, src/session.ts:5.', 9800, 410, 0.05),
  ),
  'web-again': claude(
    'plan',
    [...uses(6300, 'Grep', { pattern: 'visibilitychange|onfocus' }), { wait: 'web-again' }],
    says('Nothing does. src/wake.ts:12', 11_200, 350, 0.05),
  ),
  worker: [
    { type: 'thread.started', thread_id: session },
    { type: 'turn.failed', error: { message: 'unexpected status 401 Unauthorized' } },
  ],
};
