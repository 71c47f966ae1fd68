import { expect, it } from 'vitest';
import { pressed, pressRows, retryButton, stopButton } from '../../../src/adapters/discord/buttons.ts';

it('carry what they are about, within what Discord takes', () => {
  const conversation = 'discord:1574981317735481344';
  const idOf = (components: readonly unknown[]) => /"custom_id":"([^"]*)"/.exec(JSON.stringify(components))?.[1] ?? '';
  const stop = idOf(stopButton('3f2a51e0-8a35-4a53-a3dd-1f2be4a5c0de', conversation));
  expect(stop.length).toBeLessThanOrEqual(100);
  expect(pressed(stop, null)).toEqual({ kind: 'stop', turn: '3f2a51e0-8a35-4a53-a3dd-1f2be4a5c0de', conversation });
  expect(pressed(idOf(stopButton(null, conversation)), null)).toEqual({ kind: 'stop', turn: '', conversation });
  expect(pressed(idOf(retryButton(conversation)), null)).toEqual({ kind: 'retry', conversation });
  expect(pressed('other', null)).toBeNull();
});

it('are buttons for a few agents, and a menu for more', () => {
  const save = (agent: string) => ({ label: `Save for ${agent}`, press: { kind: 'save', turn: 't1', agent } as const });
  const few = pressRows(['a', 'b'].map(save));
  expect(few).toMatchObject([
    {
      components: [
        { type: 2, label: 'Save for a' },
        { type: 2, label: 'Save for b' },
      ],
    },
  ]);
  const [first] = (few[0] as { readonly components: readonly { readonly custom_id: string }[] }).components;
  expect(pressed(first?.custom_id ?? '', null)).toEqual({
    kind: 'press',
    press: { kind: 'save', turn: 't1', agent: 'a' },
  });
  const agents = Array.from({ length: 40 }, (_, index) => `agent${index}`);
  const many = pressRows([...agents.map(save), { label: 'Ask', press: { kind: 'ask', turn: 't1' } }]);
  expect(many).toMatchObject([{ components: [{ type: 3 }] }, { components: [{ type: 2, label: 'Ask' }] }]);
  const [select] = (
    many[0] as { readonly components: readonly { readonly options: readonly { readonly value: string }[] }[] }
  ).components;
  expect(select?.options).toHaveLength(25);
  expect(pressed('tutti:press:menu', select?.options[7]?.value ?? '')).toMatchObject({ press: { agent: 'agent7' } });
  expect(pressed('tutti:press:nonsense', null)).toBeNull();
});
