import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Collections, createCollections } from '../../src/store/collections.ts';
import { openStore } from '../../src/store/store.ts';

/** Collections in a store of their own, which is gone after the test. */
export function testCollections(): Collections {
  const directory = mkdtempSync(join(tmpdir(), 'tutti-store-'));
  const store = openStore({ directory });
  onTestFinished(() => {
    store.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return createCollections(store);
}
