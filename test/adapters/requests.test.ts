import { describe, expect, it } from 'vitest';
import type { CommandSpec, InboundMessage } from '../../src/adapters/adapter.ts';
import { createRequests, type Request } from '../../src/adapters/requests.ts';
import { UserError } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';

interface Address {
  readonly id: string;
  readonly at: string;
  readonly conversation: string;
}

const asked: Request<Address, string> = {
  address: { id: '1', at: '2026-01-01T00:00:00.000Z', conversation: 'c' },
  place: { surface: 'chat', channel: 'C', direct: false, private: false },
  author: { id: 'alice', name: 'Alice', isBot: false, roles: [] },
  addressed: 'mention',
  text: 'why?',
  command: null,
  files: ['a.txt'],
};

function requests(options: { readonly error?: unknown; readonly may?: boolean; readonly due?: boolean } = {}) {
  const received: InboundMessage[] = [];
  const opened: string[] = [];
  const fetched: string[] = [];
  const told: (readonly [string, string, boolean])[] = [];
  const made = createRequests<Address, string>({
    host: {
      commands: [{ name: 'stop' } as CommandSpec],
      may: () => options.may ?? true,
      async receive(message) {
        if (options.error !== undefined) throw options.error;
        received.push(message);
        return { turnId: 't', repeated: false };
      },
    },
    log: createLog({ level: 'silent', mask: (text) => text }),
    write: ({ id }) => ({ surface: 'chat', data: { id } }),
    fetch: async (files) => {
      fetched.push(...files);
      return { taken: [], problems: files.map((name) => `(${name} is too large)`) };
    },
    opened: async ({ id }) => void opened.push(id),
    tellsStranger: async () => options.due ?? true,
    tell: (_, person, sentence, isStranger) => void told.push([person, sentence, isStranger]),
  });
  return { ...made, received, opened, fetched, told };
}

const refusal = (code: string) => new UserError(code, 'No.', { hint: 'Ask others.' });

describe('a request', () => {
  it('is handed on with what became of its files', async () => {
    const { take, received, opened } = requests();
    expect(await take(asked)).toBe(true);
    expect(received).toMatchObject([{ id: '1', text: 'why?\n\n(a.txt is too large)', replyTo: { data: { id: '1' } } }]);
    expect(opened).toEqual(['1']);
  });

  it('opens no turn where it is a command that runs beside', async () => {
    const { take, opened } = requests();
    await take({ ...asked, command: { name: 'stop', subcommand: null, args: {} } });
    expect(opened).toEqual([]);
  });

  it('is refused to its author with the reason', async () => {
    const { take, told } = requests({ error: refusal('busy') });
    expect(await take(asked)).toBe(false);
    expect(told).toEqual([['alice', 'No. Ask others.', false]]);
  });

  it('is refused to strangers as often as the surface says, and to no program', async () => {
    const due = requests({ error: refusal('denied'), may: false });
    expect(await due.take(asked)).toBe(false);
    expect(due.told).toEqual([['alice', 'No. Ask others.', true]]);
    const silent = requests({ error: refusal('denied'), may: false, due: false });
    expect(await silent.take(asked)).toBe(false);
    expect(silent.told).toEqual([]);
    const bot = requests({ error: refusal('busy') });
    await bot.take({ ...asked, author: { ...asked.author, isBot: true } });
    expect(bot.told).toEqual([]);
  });

  it('of strangers has no file fetched for it', async () => {
    const { take, fetched } = requests({ error: refusal('denied'), may: false });
    expect(await take(asked)).toBe(false);
    expect(fetched).toEqual([]);
  });

  it('is not taken for recorded where it was not, and said once when it comes again', async () => {
    const { take, told } = requests({ error: refusal('disk-full') });
    await expect(take(asked)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(take(asked)).rejects.toMatchObject({ code: 'disk-full' });
    expect(told).toHaveLength(1);
    const broken = requests({ error: new Error('a bug') });
    await expect(broken.take(asked)).rejects.toThrow('a bug');
    expect(broken.told).toEqual([]);
  });
});
