import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answers, type StageLine } from './scene-answers.ts';

/** A shop of three projects, and stand-ins for two coding CLIs on a PATH of its own. */
export interface Scene {
  /** Where the program is started: holds the configuration and the projects. */
  readonly directory: string;
  /** Comes before the PATH. */
  readonly binaries: string;
  /** Lets the stand-ins go on behind a line that waits for this name. */
  open(gate: string): void;
}

const configuration = `agents:
  api: { directory: ./api, provider: claude, description: 'REST backend, auth, billing' }
  web: { directory: ./web, provider: claude, description: the shop front }
  worker: { directory: ./worker, provider: codex, description: background jobs }
moderator: { model: claude }
`;

const token = `import { sign } from './keys.ts';

const lifetime = { production: '30d', staging: '15m' };

export function refreshToken(user: User): string {
  return sign({ sub: user.id }, { expiresIn: lifetime[stage] });
}
`;

const session = `const early = 60;

export async function keepAlive(session: Session): Promise<void> {
  const left = session.expires - now();
  if (left < early) await refresh(session);
}
`;

/** Says what its script holds, line by line. Which script: the agent's, of the round so far (the moderator) or for a session gone on with. */
const standIn = `#!/bin/sh
stage=$(dirname "$0")/stage
case "$1 $2" in
  *--version*) case "$0" in *codex) echo 'codex-cli 0.169.0' ;; *) echo '2.1.0 (Claude Code)' ;; esac; exit 0 ;;
  'auth status') echo '{"loggedIn":true}'; exit 0 ;;
  'login status') exit 1 ;;
esac
rounds=$(grep -c '^# Round')
part=$TUTTI_AGENT
case "$part $*" in tutti*) part=tutti-$rounds ;; *--resume*) part=$part-again ;; esac
while IFS= read -r line; do
  case "$line" in
    'wait '*) while [ ! -e "$stage/\${line#wait }" ]; do sleep 0.05; done ;;
    *) printf '%s\\n' "$line" ;;
  esac
done < "$stage/$part.jsonl"
`;

/** Writes the scene into an empty directory. */
export function writeScene(parent: string): Scene {
  const directory = join(parent, 'shop');
  const binaries = join(parent, 'bin');
  const stage = join(binaries, 'stage');
  write(join(directory, 'tutti.yaml'), configuration);
  write(join(directory, 'api/src/auth/token.ts'), token);
  write(join(directory, 'web/src/session.ts'), session);
  write(join(directory, 'worker/src/jobs.ts'), 'export const jobs = [];\n');
  for (const name of ['claude', 'codex']) {
    write(join(binaries, name), standIn);
    chmodSync(join(binaries, name), 0o755);
  }
  for (const [name, lines] of Object.entries(answers)) write(join(stage, `${name}.jsonl`), staged(lines));
  return { directory, binaries, open: (gate) => write(join(stage, gate), '') };
}

function staged(lines: readonly StageLine[]): string {
  return lines.map((line) => `${'wait' in line ? `wait ${line.wait}` : JSON.stringify(line)}\n`).join('');
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
