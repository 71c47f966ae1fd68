import { createExcerpt, type Excerpt } from '../excerpt.ts';
import { exitFailure } from '../exit-failure.ts';
import type { AgentProvider, ProcessOutput, ProviderEvent, Run, Turn } from '../provider.ts';

/** Characters kept of an answer: over what a reply keeps, so that masking still sees whole words at the cut. */
const kept = 2 * 1024 * 1024;

/**
 * Any program: the prompt on its stdin, the answer is all that it prints on stdout. It is told the rest in TUTTI_* variables, and may
 * keep a session of its own under `TUTTI_SESSION`. Nothing holds it to `read` but its word.
 */
export const command: AgentProvider = {
  name: 'command',
  capabilities: {
    resume: 'anywhere',
    images: false,
    cost: false,
    readOnly: 'advisory',
    cumulativeUsage: false,
    extractive: false,
    mind: true,
  },
  bypassFlags: [],
  status: async () => ({ installed: true, version: null, path: null, signedIn: 'unknown', hint: null }),
  ask,
};

async function* ask(turn: Turn, run: Run): AsyncGenerator<ProviderEvent> {
  const [file, ...args] = turn.command ?? [];
  if (file === undefined) {
    yield { type: 'failure', reason: 'not-installed', message: 'It has no command' };
    return;
  }
  yield { type: 'session', id: turn.session };
  const answer = createExcerpt(kept);
  for await (const output of run.spawn({ file, args: [...args, ...turn.args], input: turn.prompt })) {
    if (output.type === 'exit') yield* ending(output, answer);
    else {
      const text = output.type === 'cut' ? `${output.head}\n…\n${output.tail}\n` : `${output.lines.join('\n')}\n`;
      answer.add(text);
      yield output.late ? { type: 'late', text } : { type: 'text', text };
    }
  }
}

type Exit = Extract<ProcessOutput, { readonly type: 'exit' }>;

function* ending({ exit, failure }: Exit, answer: Excerpt): Iterable<ProviderEvent> {
  const text = answer.truncated ? `${answer.head}\n…\n${answer.tail}` : answer.head;
  const problem = failure ?? exitFailure(exit, text.trim() !== '');
  yield problem === null ? { type: 'answer', text: text.trim() } : { type: 'failure', ...problem };
}
