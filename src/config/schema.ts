import { z } from 'zod/mini';
import {
  address,
  argv,
  filledText,
  flag,
  grace,
  ids,
  mapping,
  oneOf,
  period,
  size,
  text,
  texts,
  timer,
  wholeNumber,
} from './fields.ts';

/** The file as it is written, section by section. Defaults are filled in, durations come out in milliseconds, sizes in bytes. */

const named = z.string();

const agent = mapping({
  directory: filledText,
  provider: z._default(filledText, 'auto'),
  description: z._default(text, ''),
  model: z.exactOptional(filledText),
  args: z._default(texts, []),
  env: z._default(z.record(named, text, 'variables and their values'), {}),
  command: z.exactOptional(argv),
  access: z._default(oneOf(['read', 'edit', 'full', 'ask']), 'edit'),
  timeout: z.prefault(timer, '30m'),
  silence: z.prefault(timer, '15m'),
});

const maxRounds = wholeNumber(1, 8);
const maxAsks = wholeNumber(1, 100);

const moderator = mapping({
  model: z._default(filledText, 'auto'),
  command: z.exactOptional(argv),
  maxRounds: z._default(maxRounds, 3),
  maxAsks: z._default(maxAsks, 12),
  timeout: z.prefault(timer, '30m'),
  tracing: z._default(flag, false),
});

const budget = mapping({
  usd: z.exactOptional(z.number('an amount in US dollars').check(z.positive('an amount above 0'))),
  tokens: z.exactOptional(wholeNumber(1)),
});

const budgets = mapping({
  question: z.prefault(budget, { usd: 5, tokens: 2_000_000 }),
  run: z.prefault(budget, { usd: 50, tokens: 20_000_000 }),
  conversation: z.prefault(budget, {}),
  agent: z.prefault(budget, {}),
  person: z.prefault(budget, {}),
  day: z.prefault(budget, {}),
});

const limits = mapping({
  concurrentAsks: z._default(wholeNumber(1, 64), 8),
  queuePerConversation: z._default(wholeNumber(1), 20),
  perPersonPerHour: z._default(wholeNumber(1), 60),
  shutdownGrace: z.prefault(grace, '10s'),
});

const autorun = mapping({
  folder: z._default(filledText, '.tutti/autorun'),
  maxLoops: z._default(wholeNumber(1), 20),
  stallAfter: z._default(wholeNumber(1), 3),
  maxTasks: z._default(wholeNumber(1), 1000),
  timeout: z.prefault(timer, '24h'),
});

const worktrees = mapping({
  directory: z.exactOptional(filledText),
  setup: z.exactOptional(filledText),
  hooks: z._default(flag, false),
  forge: z._default(oneOf(['auto', 'gh', 'glab', 'none']), 'auto'),
});

const shell = mapping({
  shared: z._default(flag, false),
  timeout: z.prefault(timer, '10m'),
  verify: z._default(z.record(named, filledText, 'names and shell commands'), {}),
});

const attachments = mapping({
  maxBytes: z.prefault(size, '20MB'),
  types: z._default(texts, ['image/*', 'text/*', 'application/pdf']),
});

const retention = mapping({
  ledger: z.prefault(period, '30d'),
  history: z.prefault(period, 'forever'),
  attachments: z.prefault(period, '30d'),
});

const channel = mapping({
  agents: z.exactOptional(z.array(text, 'a list of agents')),
  moderator: z.exactOptional(
    mapping({
      model: z.exactOptional(filledText),
      command: z.exactOptional(argv),
      maxRounds: z.exactOptional(maxRounds),
      maxAsks: z.exactOptional(maxAsks),
      timeout: z.exactOptional(timer),
    }),
  ),
  follow: z.exactOptional(flag),
});

const accessRule = mapping({
  surface: z.exactOptional(text),
  channels: z.exactOptional(ids),
  users: z.exactOptional(ids),
  roles: z.exactOptional(ids),
  agents: z.exactOptional(z.array(text, 'a list of agents')),
  may: z
    .array(oneOf(['read', 'write', 'approve', 'admin']), 'a list of read, write, approve, admin')
    .check(z.minLength(1, 'at least one of read, write, approve, admin')),
});

const surfaces = mapping({
  slack: z.exactOptional(
    mapping({
      mode: z._default(oneOf(['socket', 'http']), 'socket'),
      port: z._default(wholeNumber(1, 65_535), 3000),
      path: z._default(text.check(z.startsWith('/', 'a path that begins with /')), '/slack/events'),
      apiUrl: z.exactOptional(address),
      commandPrefix: z._default(
        text.check(z.regex(/^[a-z0-9_-]{0,20}$/, 'up to 20 small letters, digits, "-" or "_"')),
        '',
      ),
      workspaces: z._default(ids, []),
    }),
  ),
  discord: z.exactOptional(
    mapping({
      apiUrl: z.exactOptional(address),
      guilds: z._default(ids, []),
    }),
  ),
});

/** The whole file. */
export const fileSchema = mapping({
  dataDir: z.exactOptional(filledText),
  agents: z.record(named, agent, 'agents by name, as in "api: { directory: ../api }"'),
  groups: z._default(
    z.record(named, z.array(text, 'a list of agents'), 'groups by name, as in "backend: [api, worker]"'),
    {},
  ),
  moderator: z.prefault(moderator, {}),
  budgets: z.prefault(budgets, {}),
  limits: z.prefault(limits, {}),
  autorun: z.prefault(autorun, {}),
  worktrees: z.prefault(worktrees, {}),
  shell: z.prefault(shell, {}),
  attachments: z.prefault(attachments, {}),
  retention: z.prefault(retention, {}),
  channels: z._default(z.record(named, channel, 'channels by id'), {}),
  access: z._default(z.array(accessRule, 'a list of rules'), []),
  surfaces: z.prefault(surfaces, {}),
});

/** What the schema makes of a file. */
export type FileConfig = z.infer<typeof fileSchema>;
