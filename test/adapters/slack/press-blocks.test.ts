import { expect, it } from 'vitest';
import type { Button } from '../../../src/adapters/adapter.ts';
import { pressBlock, pressedIn, section } from '../../../src/adapters/slack/press-blocks.ts';

const save = (agent: string): Button => ({ label: `Save for ${agent}`, press: { kind: 'save', turn: 'abc', agent } });

it('reads what was pressed, and nothing else', () => {
  const press = { kind: 'save', turn: 'abc', agent: 'api' } as const;
  const block = pressBlock([{ label: 'Save for api', press }]);
  const [button] = 'elements' in block ? block.elements : [];
  expect(pressedIn(button)).toEqual(press);
  expect(pressedIn({ action_id: 'tutti_stop', value: 'save:abc:api' })).toBeNull();
  expect(pressedIn({ action_id: 'tutti_press:0', value: 'save' })).toBeNull();
  expect(pressedIn(null)).toBeNull();
});

it('offers a menu for more agents than stand in a row, each label within its limit', () => {
  const agents = ['a', 'b', 'c', 'd', 'e', 'f'.repeat(100)];
  const block = pressBlock([...agents.map(save), { label: 'Ask about it', press: { kind: 'ask', turn: 'abc' } }]);
  const [menu, button] = 'elements' in block ? block.elements : [];
  expect(menu).toMatchObject({ type: 'static_select', options: { length: 6 } });
  expect(button).toMatchObject({ type: 'button', value: 'ask:abc' });
  expect(JSON.stringify(menu)).not.toMatch(/for f{67}/);
  const chosen = { action_id: 'tutti_press:menu', selected_option: { value: 'save:abc:b' } };
  expect(pressedIn(chosen)).toEqual({ kind: 'save', turn: 'abc', agent: 'b' });
});

it('shows a text whole', () => {
  expect(section('text')).toMatchObject({ type: 'section', expand: true, text: { type: 'mrkdwn', text: 'text' } });
});
