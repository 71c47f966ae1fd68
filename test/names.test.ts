import { describe, expect, it } from 'vitest';
import { nameProblem } from '../src/names.ts';

describe('nameProblem', () => {
  it.each(['a', 'api', 'API-2', 'my_app.web', '7zip', 'büro', '前端', 'a'.repeat(32)])('takes %s', (name) => {
    expect(nameProblem(name)).toBeNull();
  });

  it.each(['', '-api', '.api', '_api', 'a b', 'a/b', '@api', 'api!', 'a\u202eb', 'a'.repeat(33), '__proto__'])(
    'refuses %o and says what a name is',
    (name) => {
      expect(nameProblem(name)).toMatch(/1 to 32 letters, digits/);
    },
  );

  it.each(['tutti', 'all', 'here', 'channel', 'everyone', 'me', 'All', 'TUTTI'])('keeps %s for itself', (name) => {
    expect(nameProblem(name)).toMatch(/reserved/);
  });
});
