import { clean } from '../../clean.ts';
import { type AttachmentLimits, readAttachment } from './attachments.ts';
import type { Conversations } from './conversations.ts';
import { currentTab, nameOf, updateTab } from './desk.ts';
import { keysHelp } from './keys.ts';
import { asUserError } from './one-command.ts';
import { problemText } from './problem-text.ts';
import type { LocalAction } from './repl-commands.ts';
import { conversationNamed } from './request.ts';
import type { Style } from './style.ts';
import { findTab } from './tabs.ts';

export interface LocalActionsOptions {
  readonly conversations: Conversations;
  readonly style: Style;
  /** There once the program is. */
  limits(): Promise<AttachmentLimits>;
  /** Where paths start that people write. */
  readonly places: { readonly directory: string; readonly home: string };
  /** Cells of a line. */
  width(): number;
  newId(): string;
  leave(): void;
  clear(): void;
}

/** Does what the REPL itself can do. Never throws: what goes wrong is said. */
export function createLocalActions(options: LocalActionsOptions): (action: LocalAction) => Promise<void> {
  const { conversations, style } = options;
  const say = (text: string) => conversations.say(`${text.replace(/^(?=.)/gmu, '  ')}\n\n`);

  async function attach(path: string): Promise<void> {
    const file = await readAttachment(path, await options.limits(), options.places);
    const { conversation } = currentTab(conversations.desk);
    conversations.change((desk) =>
      updateTab(desk, conversation, (tab) => ({ ...tab, attachments: [...tab.attachments, file] })),
    );
  }

  async function openNew(name: string | null): Promise<void> {
    // Without a name it must not fall into a conversation of the same name from another day.
    const base = nameOf(conversations.desk.tabs[0].conversation);
    await conversations.open(conversationNamed(name ?? `${base}-${options.newId().slice(0, 4)}`));
  }

  async function switchTo(written: string): Promise<void> {
    const index = findTab(conversations.desk.tabs, written);
    if (index !== null) await conversations.show(index);
    else await conversations.open(conversationNamed(written));
  }

  function list(): void {
    const { tabs, current } = conversations.desk;
    const rows = tabs.map((tab, index) => {
      const state = [
        ...(tab.turns.length > 0 ? [`${tab.turns.length} open`] : []),
        ...(tab.unread > 0 ? [`${tab.unread} unread`] : []),
      ];
      return `${index === current ? '›' : ' '} ${index + 1}  ${clean(tab.name)}  ${style.dim(state.join(', '))}`.trimEnd();
    });
    say([...rows, '', style.dim('Alt-1 … Alt-9 or /session switch go to one.')].join('\n'));
  }

  async function perform(action: LocalAction): Promise<void> {
    switch (action.type) {
      case 'leave':
        return options.leave();
      case 'clear':
        return options.clear();
      case 'keys':
        return say(keysHelp);
      case 'attach':
        return attach(action.path);
      case 'new-tab':
        return openNew(action.name);
      case 'switch-tab':
        return switchTo(action.to);
      case 'close-tab':
        return conversations.close();
      case 'list-tabs':
        return list();
    }
  }

  return (action) =>
    perform(action).catch((error) => {
      conversations.say(problemText(asUserError(error), style, options.width()));
    });
}
