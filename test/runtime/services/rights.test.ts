import { expect, test } from 'vitest';
import { createRightsService } from '../../../src/runtime/services/rights.ts';
import { messageOf } from '../../support/surface.ts';

test('rules are asked, checked and shown with their numbers', async () => {
  const rules = [
    { surface: 'slack', channels: ['C1'], may: ['read'] as const },
    { roles: ['S1'], agents: ['api'], may: ['write', 'approve'] as const },
  ];
  const rights = createRightsService(rules, async () => ['api', 'web']);
  expect(rights.may(messageOf('x'), 'read', 'web')).toBe(true);
  expect(rights.may(messageOf('x', { channel: 'C2' }), 'read', 'web')).toBe(false);
  expect(rights.may(messageOf('x', { roles: ['S1'] }), 'write', 'api')).toBe(true);
  expect(rights.somebody(messageOf('x').place, 'write', 'api')).toBe(true);
  expect(rights.somebody(messageOf('x').place, 'write', 'web')).toBe(false);
  expect(await rights.check('U-alice')).toEqual([
    { right: 'read', agent: 'api', rule: 1 },
    { right: 'read', agent: 'web', rule: 1 },
  ]);
  expect(rights.rules()).toEqual([
    'on slack in C1 everybody may read with all agents',
    'anywhere role S1 may write, approve with @api',
  ]);
  expect(await rights.visible(messageOf('x'), 'c')).toMatchObject({ channel: 'C1', agents: ['api', 'web'] });
  expect(await rights.visible(messageOf('x', { surface: 'terminal' }), 'c')).toBeUndefined();
});
