import type { CommandSpec } from '../adapter.ts';
import { parseText } from '../grammar.ts';
import { draggedImage } from './attachments.ts';
import { bannerText, updateBanner } from './banner.ts';
import { createConversations } from './conversations.ts';
import { currentTab, updateTab } from './desk.ts';
import { createFrames } from './frames.ts';
import { loadLines, saveLine } from './history-file.ts';
import type { Banner, BannerUpdate, TerminalHost } from './host.ts';
import { createKeyReader } from './key-reader.ts';
import type { KeyAction } from './keys.ts';
import { createLocalActions } from './local-actions.ts';
import { logText } from './log-text.ts';
import { withoutMention } from './message.ts';
import { type Context, type Mode, terminalCommands } from './mode.ts';
import { createPainter } from './painter.ts';
import { problemText } from './problem-text.ts';
import { region } from './region.ts';
import { localAction, replCommands } from './repl-commands.ts';
import { createScreen } from './screen.ts';
import { createStyle } from './style.ts';
import { createSuggestions } from './suggestions.ts';
import { createTranscripts } from './transcript.ts';
import { questionText } from './turn-lines.ts';
import { createTypingDesk } from './typing-desk.ts';

const leftByInterrupt = 130;
const twiceWithinMs = 2000;

/**
 * The REPL on a terminal: what runs moves in place under what was said, and typing goes on meanwhile. The prompt is there when this
 * returns; what is sent before the host is there waits for it.
 */
export function createInteractiveMode(context: Context, host: Promise<TerminalHost>): Mode {
  const { output } = context;
  const style = createStyle(context.color);
  const painter = createPainter(output);
  const screen = createScreen(context.input, context.outputStream);
  const transcripts = createTranscripts({ ...painter, print: printBelowBanner }, context.conversation);
  const left = Promise.withResolvers<number>();
  const frames = createFrames(draw, () => currentTab(conversations.desk).turns.length > 0);
  const conversations = createConversations({ context, host, transcripts, style, changed: frames.request });
  const typing = createTypingDesk({ conversations, suggestions: suggestionsOf(context, host), submit });
  const perform = createLocalActions({
    conversations,
    style,
    limits: async () => (await host).attachments,
    places: context.places,
    width: () => output.columns,
    newId: context.newId,
    leave: () => leave(0),
    clear: clearScreen,
  });
  let interruptedAt = Number.NEGATIVE_INFINITY;
  /** Shown above the prompt, where it can change, until the first thing is said. */
  let banner: Banner | null = null;

  function printBelowBanner(text: string): Promise<void> {
    const above = banner === null ? '' : bannerText(banner, style, output.columns);
    banner = null;
    if (above !== '') draw();
    return painter.print(above + text);
  }

  function draw(): void {
    const { menu, searching } = typing;
    const head = banner === null ? [] : bannerText(banner, style, output.columns).split('\n').slice(0, -1);
    const view = { head, menu, searching, style, width: output.columns, height: output.rows, now: context.clock() };
    const { lines, cursor } = region({ ...conversations.desk, ...view });
    painter.paint(lines, cursor);
  }

  function leave(code: number): void {
    frames.stop();
    painter.clear();
    screen.close();
    transcripts.close();
    left.resolve(code);
  }

  function clearScreen(): void {
    banner = null;
    draw();
    painter.print('\x1b[H\x1b[2J').catch(() => undefined);
  }

  function submit(line: string): void {
    if (line !== '') host.then((there) => take(line, there), ignore);
  }

  function take(line: string, there: TerminalHost): void {
    const tab = currentTab(conversations.desk);
    const { text, addressed } = withoutMention(line);
    if (there.historyFile !== null) saveLine(there.historyFile, there.mask(line));
    const parsed = parseText(text, commandsOf(there), { bare: addressed });
    if (parsed !== null && !parsed.ok) {
      conversations.say(problemText(parsed.problem, style, output.columns));
      return;
    }
    const local = parsed === null ? null : localAction(parsed.call);
    if (local !== null) {
      if (local.type === 'keys' || local.type === 'list-tabs')
        conversations.say(questionText(text, style, output.columns));
      perform(local);
      return;
    }
    conversations.change((desk) => updateTab(desk, tab.conversation, (one) => ({ ...one, attachments: [] })));
    conversations.send(text, parsed?.call ?? null, tab.attachments);
  }

  function interrupt(): void {
    const again = context.clock() - interruptedAt < twiceWithinMs;
    interruptedAt = context.clock();
    const tab = currentTab(conversations.desk);
    if (again) leave(leftByInterrupt);
    else if (tab.turns.length > 0) stop(tab.conversation);
    else if (tab.editing.text !== '' || tab.attachments.length > 0) clearLine();
    else leave(leftByInterrupt);
  }

  function stop(conversation: string): void {
    host.then((there) => there.stop(conversation)).catch(() => leave(leftByInterrupt));
  }

  function clearLine(): void {
    const { conversation } = currentTab(conversations.desk);
    typing.clear();
    conversations.change((desk) => updateTab(desk, conversation, (tab) => ({ ...tab, attachments: [] })));
  }

  function paste(text: string): void {
    const image = draggedImage(text);
    if (image === null) typing.paste(text);
    else perform({ type: 'attach', path: image });
  }

  function act(action: KeyAction): void {
    const { desk } = conversations;
    const tab = currentTab(desk);
    if (action.type === 'interrupt' && typing.searching === null) interrupt();
    else if (action.type === 'end' && tab.editing.text === '') leave(0);
    else if (action.type === 'redraw') clearScreen();
    else if (action.type === 'suspend') suspend();
    else if (action.type === 'tab') conversations.show(action.number - 1);
    else if (action.type === 'next-tab')
      conversations.show((desk.current + action.step + desk.tabs.length) % desk.tabs.length);
    else typing.key(action.type === 'end' ? { type: 'edit', edit: { type: 'delete', what: 'right' } } : action);
  }

  function suspend(): void {
    painter.clear();
    screen.suspend();
  }

  function learn(update: BannerUpdate | null): void {
    if (banner === null || update === null) return;
    banner = updateBanner(banner, update);
    frames.request();
  }

  async function begin(): Promise<void> {
    const there = await host;
    banner = there.banner();
    frames.request();
    for (const following of banner.following) following.then(learn, ignore);
    if (there.historyFile !== null) typing.recall(await loadLines(there.historyFile));
    await conversations.open(context.conversation);
  }

  output.onClosed(() => leave(0));
  screen.open({
    key: createKeyReader({ act, paste }),
    resized: frames.request,
    resumed: frames.request,
    ended: () => leave(0),
  });
  draw();
  return {
    progress: conversations.progress,
    post: conversations.post,
    run() {
      begin().catch((error) => {
        leave(1);
        left.reject(error);
      });
      return left.promise;
    },
    log: (line) => conversations.say(logText(line, style)),
    interrupt,
    terminate: () => leave(0),
  };
}

function commandsOf(host: TerminalHost): readonly CommandSpec[] {
  return replCommands(terminalCommands(host.commands));
}

/** Suggestions as soon as there is somebody to ask. */
function suggestionsOf(context: Context, host: Promise<TerminalHost>) {
  const place = { surface: 'terminal', channel: 'repl', direct: true, private: true } as const;
  const there = host.then((one) =>
    createSuggestions(one, { commands: commandsOf(one), place, author: context.author }),
  );
  return { lookUp: async (text: string) => (await there).lookUp(text) };
}

function ignore(): void {}
