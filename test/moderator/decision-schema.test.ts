import { expect, test } from 'vitest';
import { conclusionSchema, decisionSchema, decisionShape } from '../../src/moderator/decision-schema.ts';

test('the schemas are strict as the interfaces want them: every property required, none beside', () => {
  const walk = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const properties: unknown = Reflect.get(schema, 'properties');
    if (typeof properties === 'object' && properties !== null) {
      expect(Reflect.get(schema, 'required')).toEqual(Object.keys(properties));
      expect(Reflect.get(schema, 'additionalProperties')).toBe(false);
      Object.values(properties).forEach(walk);
    }
    walk(Reflect.get(schema, 'items'));
  };
  walk(decisionSchema);
  walk(conclusionSchema);
});

test('what fits the strict schema, with null where something does not apply, is read', () => {
  const strict = {
    next: 'ask',
    reason: 'because',
    asks: [{ agent: 'api', prompt: 'what?', after: null, final: null }],
    markdown: null,
    disagreements: null,
    unanswered: null,
    question: null,
  };
  expect(decisionShape.safeParse(strict).success).toBe(true);
});

test('concluding leaves only the answer', () => {
  expect(JSON.stringify(conclusionSchema)).toContain('"enum":["answer"]');
});
