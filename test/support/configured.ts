import { providers } from '../../src/agents/providers/index.ts';
import { type Config, type Environment, loadConfig, readEnvironment } from '../../src/config.ts';
import type { Scene } from './program.ts';

/** A scene's configuration as the program reads it, with these variables over the scene's own. */
export async function configured(
  scene: Scene,
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly config: Config; readonly environment: Environment }> {
  const environment = readEnvironment({ ...scene.environment, ...variables });
  const config = await loadConfig({
    argument: null,
    environment: environment.variables,
    directory: scene.directory,
    checkout: null,
    providers,
  });
  return { config, environment };
}
