import { defineConfig } from 'vitest/config';

/** Suites that need more than `npm ci`, or more time: run by `.ci/run`. */
export default defineConfig({
  test: {
    include: ['test/suites/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each suite starts many processes of its own, and some wait for minutes: two at a time on two cores.
    maxWorkers: 2,
  },
});
