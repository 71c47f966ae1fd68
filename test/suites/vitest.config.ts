import { defineConfig } from 'vitest/config';

/** Suites that need more than `npm ci`, or more time: run by `.ci/run`. */
export default defineConfig({
  test: {
    include: ['test/suites/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each suite starts many processes of its own, and some only wait for minutes: three at a time on two cores.
    maxWorkers: 3,
  },
});
