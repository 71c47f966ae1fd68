import { expect, test } from 'vitest';
import type { QuestionRequest } from '../../src/commands/command.ts';
import { type Addressed, planQuestion, type Reachable } from '../../src/runtime/plan.ts';

const request: QuestionRequest = {
  text: 'why?',
  agents: [],
  rounds: null,
  write: false,
  sequential: false,
  model: null,
  to: null,
  session: null,
  retries: null,
};
const nobody: Addressed = { names: [], everyone: false, direct: null, unclear: null };

function world(
  options: {
    read?: readonly string[];
    write?: readonly string[];
    readsOnly?: readonly string[];
    agents?: readonly string[];
  } = {},
): Reachable {
  const agents = options.agents ?? ['api', 'web', 'worker'];
  return {
    agents,
    names: [...agents, 'backend'],
    expand: (name) => (name === 'backend' ? ['api', 'worker'] : agents.includes(name) ? [name] : []),
    mayRead: (agent) => (options.read ?? agents).includes(agent),
    mayWrite: (agent) => (options.write ?? agents).includes(agent),
    advisory: (agent) => agent === 'worker',
    readsOnly: (agent) => (options.readsOnly ?? []).includes(agent),
  };
}

test('without a mention every readable agent may be asked, and nobody writes', () => {
  expect(planQuestion(request, nobody, world({ read: ['api', 'web'] }))).toMatchObject({
    agents: ['api', 'web'],
    direct: null,
    mayWrite: [],
  });
});

test('mentions and --agents restrict, groups stand for their agents, each once', () => {
  const plan = planQuestion({ ...request, agents: ['backend'] }, { ...nobody, names: ['api', 'web'] }, world());
  expect(plan).toMatchObject({ agents: ['api', 'worker', 'web'] });
});

test('a message that opens with one agent goes straight to it, without the mention', () => {
  const plan = planQuestion(
    { ...request, text: '@api why?' },
    { ...nobody, names: ['api'], direct: { name: 'api', text: 'why?' } },
    world(),
  );
  expect(plan).toMatchObject({ direct: 'api', text: 'why?', agents: ['api'] });
});

test('the only agent that is left is asked directly', () => {
  expect(planQuestion(request, nobody, world({ read: ['web'] }))).toMatchObject({ direct: 'web' });
});

test('names that were probably meant are asked back', () => {
  expect(planQuestion(request, { ...nobody, unclear: 'Did you mean @api?' }, world())).toEqual({
    kind: 'clarify',
    question: 'Did you mean @api?',
  });
});

test('an unknown name in --agents is refused with the nearest one', () => {
  expect(() => planQuestion({ ...request, agents: ['apu'] }, nobody, world())).toThrow(
    expect.objectContaining({ code: 'unknown-agent', hint: 'Did you mean api?', exit: 2 }),
  );
});

test('only named agents may write, and @all names nobody', () => {
  expect(planQuestion({ ...request, write: true, agents: ['api'] }, nobody, world())).toMatchObject({
    mayWrite: ['api'],
    notice: null,
  });
  expect(planQuestion({ ...request, write: true }, { ...nobody, everyone: true }, world())).toMatchObject({
    mayWrite: [],
    notice: expect.stringContaining('Nobody was named'),
  });
  expect(planQuestion({ ...request, write: true, agents: ['@all'] }, nobody, world())).toMatchObject({ mayWrite: [] });
});

test('an agent that is named without the right is refused, whatever else was named', () => {
  expect(() => planQuestion({ ...request, agents: ['api', 'web'] }, nobody, world({ read: ['api'] }))).toThrow(
    expect.objectContaining({ code: 'denied', exit: 4 }),
  );
  expect(() => planQuestion({ ...request, agents: ['api'], write: true }, nobody, world({ write: [] }))).toThrow(
    expect.objectContaining({ code: 'denied', exit: 4 }),
  );
});

test('an agent with access "read" is never let write', () => {
  expect(() =>
    planQuestion({ ...request, agents: ['api'], write: true }, nobody, world({ readsOnly: ['api'] })),
  ).toThrow(/never writes/);
});

test('whoever may ask nobody is told so', () => {
  expect(() => planQuestion(request, nobody, world({ read: [] }))).toThrow(expect.objectContaining({ code: 'denied' }));
  expect(() => planQuestion(request, nobody, world({ agents: [] }))).toThrow(
    expect.objectContaining({ code: 'no-agents', exit: 2 }),
  );
});

test('an agent whose read-only is advisory says what asking it takes', () => {
  const refused = () => planQuestion({ ...request, agents: ['worker'] }, nobody, world({ read: ['api'] }));
  expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining('may: [read, write]') }));
});

test('send goes to its agent alone, whatever the text mentions', () => {
  const plan = planQuestion(
    { ...request, to: 'web', text: 'ask @ap about it' },
    { ...nobody, unclear: 'Did you mean @api?' },
    world(),
  );
  expect(plan).toMatchObject({ kind: 'ask', agents: ['web'], direct: 'web', text: 'ask @ap about it' });
});
