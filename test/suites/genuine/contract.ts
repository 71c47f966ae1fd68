/** Runs cases with a genuine CLI, against a model whose answers are scripted. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { CommandLineSpec } from '../../../src/agents/provider.ts';
import { type LoopbackModel, startLoopbackModel } from '../../support/loopback-model.ts';
import { type Asked, type Asking, ask } from './asking.ts';
import { binaryFolder, type CliName, createSetting, type Setting } from './setting.ts';

export interface Place {
  readonly spec: CommandLineSpec;
  readonly setting: Setting;
  readonly model: LoopbackModel;
  ask(prompt: string, asking?: Asking): Promise<Asked>;
}

export interface GenuineCase {
  readonly name: string;
  /** Each has a home, a project and a model of its own. */
  run(place: Place): Promise<void>;
}

export interface GenuineOptions {
  /** Its own name of the model that the loopback endpoint offers; absent where its settings name it. */
  readonly model?: string;
  readonly cases: readonly GenuineCase[];
}

/** Skipped, and shown as such, where `install-clis.sh` did not install the CLI. */
export function describeGenuine(spec: CommandLineSpec, cli: CliName, { model, cases }: GenuineOptions): void {
  describe.runIf(existsSync(join(binaryFolder(cli), cli)))(`The genuine ${cli}`, () => {
    for (const { name, run } of cases) {
      test(name, async () => {
        const loopback = await startLoopbackModel();
        try {
          await using setting = await createSetting(loopback, [cli]);
          await run({
            spec,
            setting,
            model: loopback,
            ask: (prompt, asking = {}) => ask(spec, setting, prompt, { model: model ?? null, ...asking }),
          });
        } finally {
          await loopback.stop();
        }
      });
    }
  });
}
