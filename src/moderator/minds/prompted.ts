import type { Usage } from '../../usage.ts';
import { type Reading, readConclusion, readDecision } from '../decision.ts';
import { conclusionSchema, decisionSchema } from '../decision-schema.ts';
import type { Mind, MindCall, MindFailure, Question, Round } from '../moderator.ts';
import { type MindPhase, mindPrompt, promptBudget } from '../prompts.ts';

/** One call of a model that takes a whole prompt and gives a whole text. */
export interface CompletionRequest {
  readonly phase: MindPhase;
  /** Number of finished rounds. */
  readonly round: number;
  readonly prompt: string;
  /** JSON schema of the object wanted, for models that can be held to one. */
  readonly schema: object;
  readonly question: Question;
  readonly call: MindCall;
}

export type Completion =
  | { readonly type: 'text'; readonly text: string; readonly usage: Usage | null }
  | {
      readonly type: 'failure';
      readonly reason: string;
      readonly message: string;
      readonly usage: Usage | null;
      /** It ended well and said nothing, which one more call may mend. */
      readonly empty?: true;
    };

export interface PromptedModel {
  readonly name: string;
  /** The model's window in tokens, where it is known. */
  readonly windowTokens: number | null;
  complete(request: CompletionRequest): Promise<Completion>;
}

/** A mind from anything that completes a prompt: it is told everything in one text, and what it prints is validated here. */
export function createPromptedMind(model: PromptedModel): Mind {
  const budget = promptBudget(model.windowTokens);

  async function ask<D>(
    phase: MindPhase,
    question: Question,
    rounds: readonly Round[],
    call: MindCall,
    read: (text: string) => Reading<D>,
  ): Promise<{ readonly decision: D | MindFailure; readonly usage: Usage | null }> {
    const completion = await model.complete({
      phase,
      round: rounds.length,
      prompt: mindPrompt(phase, question, rounds, call, budget),
      schema: phase === 'decide' ? decisionSchema : conclusionSchema,
      question,
      call,
    });
    const { usage } = completion;
    if (completion.type === 'failure') return { decision: failed(model.name, completion), usage };
    const reading = read(completion.text);
    return {
      decision: reading.ok ? reading.decision : malformed(model.name, completion.text, reading.problems),
      usage,
    };
  }

  return {
    name: model.name,
    extractive: false,
    decide: (question, rounds, call) =>
      ask('decide', question, rounds, call, (text) => readDecision(text, limits(question, rounds, call))),
    conclude: (question, rounds, call) =>
      ask('conclude', question, rounds, call, (text) => readConclusion(text, limits(question, rounds, call))),
  };
}

function limits(question: Question, rounds: readonly Round[], call: MindCall) {
  return { agents: question.roster.map((entry) => entry.name), rounds, asksLeft: call.asksLeft };
}

function failed(name: string, completion: Extract<Completion, { readonly type: 'failure' }>): MindFailure {
  const { reason, message, empty } = completion;
  const repair = { problems: ['Nothing was printed: one JSON object is wanted.'], previous: '' };
  return { next: 'failed', reason, message: `${name}: ${message}`, ...(empty ? { repair } : {}) };
}

function malformed(name: string, previous: string, problems: readonly string[]): MindFailure {
  return {
    next: 'failed',
    reason: 'malformed',
    message: `${name}: no valid decision. ${problems.slice(0, 3).join(' ')}`,
    repair: { problems, previous },
  };
}
