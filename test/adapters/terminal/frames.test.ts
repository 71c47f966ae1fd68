import { expect, it } from 'vitest';
import { createFrames } from '../../../src/adapters/terminal/frames.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('draws once for many changes, and not at all when stopped', async () => {
  let drawn = 0;
  const frames = createFrames(
    () => {
      drawn += 1;
    },
    () => false,
  );
  frames.request();
  frames.request();
  await soon();
  expect(drawn).toBe(1);
  frames.request();
  frames.stop();
  await soon();
  expect(drawn).toBe(1);
});

it('draws by itself as long as something moves', async () => {
  let drawn = 0;
  const enough = Promise.withResolvers<void>();
  const frames = createFrames(
    () => {
      drawn += 1;
      if (drawn === 3) enough.resolve();
    },
    () => drawn < 3,
  );
  frames.request();
  await enough.promise;
  expect(drawn).toBe(3);
  frames.stop();
});
