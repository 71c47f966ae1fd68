/** What npm adds for the scripts it runs, what belongs to our own process, and what is meant for one ask only. */
const dropped =
  /^(?:npm_.*|INIT_CWD|NODE|COLOR|NODE_OPTIONS|SLACK_.*|DISCORD_.*|TUTTI_(?:SECRET_KEY|ASK|AGENT|CONVERSATION|SESSION|RESUMED|TURN|ACCESS|ATTACHMENTS|PHASE|ROUND))$/;

/**
 * The environment that provider processes, git and shell commands start from: the user's own from before npm, without the secrets
 * of the chat surfaces. Agents' `env` and the variables of one ask are laid over it.
 */
export function childEnvironment(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined || dropped.test(name)) continue;
    kept[name] = name === 'PATH' ? withoutNpmEntries(value) : value;
  }
  return kept;
}

/**
 * npm puts a `node_modules/.bin` for every directory upward in front of PATH, and ends them with its `node-gyp-bin`; scripts that
 * run scripts repeat it. A `node_modules/.bin` that no `node-gyp-bin` follows is the user's own.
 */
function withoutNpmEntries(path: string): string {
  let entries = path.split(':');
  for (;;) {
    const first = entries.findIndex((entry) => !/(?:^|\/)node_modules\/\.bin\/?$/.test(entry));
    if (first < 0 || !/\/node-gyp-bin\/?$/.test(entries[first] ?? '')) return entries.join(':');
    entries = entries.slice(first + 1);
  }
}
