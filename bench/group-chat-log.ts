import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { peerCache } from './peers.ts';

/** A log of a conversation as Maestro keeps one for its group chats: a line for each message, and read as a whole. */
export interface GroupChatLog {
  /** As a row of the table says it. */
  readonly name: string;
  append(file: string, from: string, text: string): Promise<void>;
  /** All messages, in order. */
  read(file: string): Promise<readonly unknown[]>;
}

/** What of Maestro's module is used. It is never copied from there: its licence is another. */
interface Module {
  appendToLog(file: string, from: string, text: string): Promise<void>;
  readLog(file: string): Promise<readonly unknown[]>;
}

const module = join('src', 'main', 'group-chat', 'group-chat-log.ts');

/**
 * Maestro's own log, out of a checkout in `TUTTI_BENCH_MAESTRO` or in the peers' cache; where there is none, a stand-in made for the
 * purpose, and named so.
 */
export async function openGroupChatLog(): Promise<GroupChatLog> {
  const file = join(process.env.TUTTI_BENCH_MAESTRO ?? join(peerCache, 'maestro'), module);
  if (!existsSync(file)) return standIn;
  // The module asks for a package for its images' names, which is not there without Maestro's dependencies.
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'uuid'
        ? { url: 'data:text/javascript,export const v4 = () => crypto.randomUUID();', shortCircuit: true }
        : next(specifier, context),
  });
  const { appendToLog, readLog }: Module = await import(pathToFileURL(file).href);
  hooks.deregister();
  return { name: "Maestro's group-chat log", append: appendToLog, read: readLog };
}

/** A line is appended after a mkdir, never flushed; all of the file is read, split and unescaped. */
const standIn: GroupChatLog = {
  name: "a stand-in for Maestro's group-chat log",
  async append(file, from, text) {
    await mkdir(join(file, '..'), { recursive: true });
    const content = text.replaceAll('\n', '\\n').replaceAll('|', '\\|');
    await appendFile(file, `${new Date().toISOString()}|${from}|${content}\n`);
  },
  async read(file) {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => {
      const [at, from, ...content] = line.split(/(?<!\\)\|/u);
      return { at, from, content: content.join('|').replaceAll('\\n', '\n').replaceAll('\\|', '|') };
    });
  },
};
