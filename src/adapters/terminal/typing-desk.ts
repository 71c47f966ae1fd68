import { clean } from '../../clean.ts';
import type { Conversations } from './conversations.ts';
import { currentTab, updateTab } from './desk.ts';
import { editing } from './editor.ts';
import { inputHistory, remember } from './input-history.ts';
import type { KeyAction } from './keys.ts';
import type { Menu } from './menu.ts';
import type { Suggestions } from './suggestions.ts';
import { type Typed, type Typing, typeKey, typePaste } from './typing.ts';

/** The line being typed, in the tab that is shown. Each tab keeps its own. */
export interface TypingDesk {
  readonly menu: Menu | null;
  /** What is being searched for in former lines; null when nothing is. */
  readonly searching: string | null;
  key(action: KeyAction): void;
  paste(text: string): void;
  /** Empties the line. */
  clear(): void;
  /** Former lines, oldest first. */
  recall(lines: readonly string[]): void;
}

export interface TypingDeskOptions {
  readonly conversations: Pick<Conversations, 'desk' | 'change'>;
  readonly suggestions: Suggestions;
  /** A line is sent; it is taken from the desk before. */
  submit(text: string): void;
}

export function createTypingDesk(options: TypingDeskOptions): TypingDesk {
  const { conversations, suggestions } = options;
  let rest: Omit<Typing, 'editing'> = { history: inputHistory([]), menu: null, search: null };

  const line = () => currentTab(conversations.desk).editing;

  function put(typing: Typing): void {
    const { conversation } = currentTab(conversations.desk);
    rest = { history: typing.history, menu: typing.menu, search: typing.search };
    conversations.change((desk) => updateTab(desk, conversation, (tab) => ({ ...tab, editing: typing.editing })));
  }

  function apply({ typing, effect }: Typed, action: KeyAction | null): void {
    put(typing);
    if (effect === 'look-up') lookUp(null);
    if (effect === 'complete') lookUp(action);
    if (effect === 'submit') submit(typing);
  }

  /** `then` is the key that waited for this. */
  function lookUp(then: KeyAction | null): void {
    const before = line();
    suggestions.lookUp(before.text.slice(0, before.cursor)).then((menu) => {
      const now = line();
      if (menu === undefined || now.text !== before.text || now.cursor !== before.cursor) return;
      put({ ...rest, editing: now, menu });
      if (then !== null && menu !== null) key(then);
    });
  }

  function key(action: KeyAction): void {
    apply(typeKey({ ...rest, editing: line() }, action), action);
  }

  function submit(typing: Typing): void {
    const text = typing.editing.text.trim();
    const history = text === '' ? typing.history : remember(typing.history, text);
    put({ history, menu: null, search: null, editing: editing() });
    options.submit(text);
  }

  return {
    get menu() {
      return rest.menu;
    },
    get searching() {
      return rest.search?.query ?? null;
    },
    key,
    paste: (text) => apply(typePaste({ ...rest, editing: line() }, clean(text.replace(/\r\n?/gu, '\n'))), null),
    clear: () => put({ ...rest, menu: null, search: null, editing: editing() }),
    recall(lines) {
      rest = { ...rest, history: inputHistory([...lines, ...rest.history.entries]) };
      // Somebody who is searching already searches in these too.
      if (rest.search !== null) key({ type: 'edit', edit: { type: 'insert', text: '' } });
    },
  };
}
