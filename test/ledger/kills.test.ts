import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectOneAnswer } from '../support/ledger/one-answer.ts';
import { dataDirectory } from '../support/store/directory.ts';

const walkAndDie = fileURLToPath(new URL('../support/ledger/walk-and-die.ts', import.meta.url));

describe('kill -9', () => {
  it.each(['before', 'in'])(
    '%s each step in turn loses nothing and does nothing twice',
    { timeout: 180_000 },
    (where) => {
      for (let number = 1; ; number += 1) {
        const directory = dataDirectory();
        const { signal } = spawnSync(process.execPath, [walkAndDie, directory, String(number), where]);
        const again = spawnSync(process.execPath, [walkAndDie, directory], { encoding: 'utf8' });
        expect({ number, code: again.status, said: again.stderr }).toEqual({ number, code: 0, said: '' });
        expectOneAnswer(directory, number);
        if (signal !== 'SIGKILL') {
          expect(number).toBeGreaterThan(16);
          return;
        }
      }
    },
  );
});
