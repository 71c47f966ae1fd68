import { z } from 'zod';

const ask = z.object({
  agent: z.string(),
  prompt: z.string(),
  after: z.array(z.string()).nullish(),
  final: z.boolean().nullish(),
});

const position = z.object({ agent: z.string(), claim: z.string() });

/** One flat object for all three kinds: CLIs and APIs that enforce a schema refuse unions at its root. */
export const decisionShape = z.object({
  next: z.enum(['ask', 'answer', 'clarify']),
  reason: z.string().nullish(),
  asks: z.array(ask).nullish(),
  markdown: z.string().nullish(),
  disagreements: z.array(z.object({ topic: z.string(), positions: z.array(position) })).nullish(),
  unanswered: z.array(z.string()).nullish(),
  question: z.string().nullish(),
});

export type DecisionShape = z.infer<typeof decisionShape>;

/** The object of `decide` as a JSON schema that strict interfaces take: flat, every key required, null where it does not apply. */
export const decisionSchema: object = strictSchema(['ask', 'answer', 'clarify']);

/** The same for `conclude`. */
export const conclusionSchema: object = strictSchema(['answer']);

function strictSchema(next: readonly string[]): object {
  const text = { type: ['string', 'null'] };
  const list = (items: object) => ({ type: ['array', 'null'], items });
  const object = (properties: Readonly<Record<string, object>>) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  const string = { type: 'string' };
  return object({
    next: { type: 'string', enum: next },
    reason: text,
    asks: list(object({ agent: string, prompt: string, after: list(string), final: { type: ['boolean', 'null'] } })),
    markdown: text,
    disagreements: list(
      object({ topic: string, positions: { type: 'array', items: object({ agent: string, claim: string }) } }),
    ),
    unanswered: list(string),
    question: text,
  });
}
