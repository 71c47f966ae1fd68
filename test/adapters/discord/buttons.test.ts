import { expect, it } from 'vitest';
import { pressed, retryButton, stopButton } from '../../../src/adapters/discord/buttons.ts';

it('carry what they are about, within what Discord takes', () => {
  const conversation = 'discord:1574981317735481344';
  const idOf = (components: readonly unknown[]) => /"custom_id":"([^"]*)"/.exec(JSON.stringify(components))?.[1] ?? '';
  const stop = idOf(stopButton('3f2a51e0-8a35-4a53-a3dd-1f2be4a5c0de', conversation));
  expect(stop.length).toBeLessThanOrEqual(100);
  expect(pressed(stop)).toEqual({ kind: 'stop', turn: '3f2a51e0-8a35-4a53-a3dd-1f2be4a5c0de', conversation });
  expect(pressed(idOf(stopButton(null, conversation)))).toEqual({ kind: 'stop', turn: '', conversation });
  expect(pressed(idOf(retryButton(conversation)))).toEqual({ kind: 'retry', conversation });
  expect(pressed('other')).toBeNull();
});
