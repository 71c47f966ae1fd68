import { describe, expect, it } from 'vitest';
import { completePaths } from '../../src/search/paths.ts';

const paths = ['src/config.ts', 'src/search/find.ts', 'test/config.test.ts', 'README.md', 'config/demo.yaml'];

describe('completePaths', () => {
  it('puts what begins with the typed text first, then names, then what contains it', () => {
    expect(completePaths(paths, 'config', 10)).toEqual(['config/demo.yaml', 'src/config.ts', 'test/config.test.ts']);
  });

  it('takes letters in order where nothing contains them', () => {
    expect(completePaths(paths, 'ssfind', 10)).toEqual(['src/search/find.ts']);
  });

  it('ignores case and keeps to the limit', () => {
    expect(completePaths(paths, 'READM', 10)).toEqual(['README.md']);
    expect(completePaths(paths, '', 2)).toHaveLength(2);
  });

  it('offers nothing where nothing fits', () => {
    expect(completePaths(paths, 'zzz', 10)).toEqual([]);
  });
});
