import type { Citation } from '../../src/adapters/adapter.ts';

/** A source that was found where an agent said it is. */
export const citation: Citation = {
  n: 1,
  agent: 'api',
  path: 'src/a.ts',
  line: 4,
  endLine: 9,
  verified: true,
  reason: null,
  excerpt: null,
};
