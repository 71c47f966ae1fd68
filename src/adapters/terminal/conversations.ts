import type { Attachment, CommandCall, OutboxPart, TurnEvent } from '../adapter.ts';
import { answerText, withoutFailures } from './answer.ts';
import { closeTab, currentTab, type Desk, newDesk, openTab, showTab, tabOf, updateTab } from './desk.ts';
import type { TerminalHost } from './host.ts';
import { errorOf } from './json.ts';
import { terminalMessage } from './message.ts';
import { type Address, answerView, type Context } from './mode.ts';
import { asUserError } from './one-command.ts';
import { problemText } from './problem-text.ts';
import type { Style } from './style.ts';
import { type OpenTurn, type Tab, turnFor, withEvent, withoutTurn, withTurn } from './tabs.ts';
import type { Transcripts } from './transcript.ts';
import { lastingText, questionText } from './turn-lines.ts';

/** The conversations of a REPL: what is asked in each, how far it is, what was answered. */
export interface Conversations {
  readonly desk: Desk;
  change(update: (desk: Desk) => Desk): void;
  /** Prints something that belongs to the shown conversation. */
  say(text: string): void;
  /** Sends a message, or a command, of the shown conversation. */
  send(text: string, command: CommandCall | null, attachments: readonly Attachment[]): Promise<void>;
  progress(address: Address, event: TurnEvent): void;
  post(address: Address, part: OutboxPart): Promise<void>;
  /** Shows a conversation in a tab, with what dead processes left unfinished in it. */
  open(conversation: string): Promise<void>;
  show(index: number): Promise<void>;
  close(): Promise<void>;
}

export interface ConversationsOptions {
  readonly context: Context;
  /** There once the program is; questions wait for it. */
  readonly host: Promise<TerminalHost>;
  readonly transcripts: Transcripts;
  readonly style: Style;
  /** Something is to be drawn anew. */
  changed(): void;
}

export function createConversations(options: ConversationsOptions): Conversations {
  const { context, transcripts, style } = options;
  let desk = newDesk(context.conversation);
  /** Turns taken over from dead processes, and messages sent from here: which of them an answer belongs to. */
  const adopted = new Set<string>();
  const own = new Set<string>();
  const orders = new Map<string, Promise<void>>();

  function change(update: (desk: Desk) => Desk): void {
    desk = update(desk);
    options.changed();
  }

  const changeTab = (conversation: string, update: (tab: Tab) => Tab) =>
    change((before) => updateTab(before, conversation, update));

  /** Steps of one conversation one after another, so that an answer that takes time to render is not overtaken. */
  function inOrder(conversation: string, step: () => Promise<void> | void): Promise<void> {
    const next = (orders.get(conversation) ?? Promise.resolve()).then(step);
    orders.set(conversation, next.catch(ignore));
    return next;
  }

  function print(conversation: string, text: string): void {
    transcripts.print(conversation, text).catch(ignore);
  }

  /** A question is shown when it is its turn; behind another one it only waits. */
  function begin(conversation: string, key: string, question: string): void {
    const first = tabOf(desk, conversation)?.turns.length === 0;
    changeTab(conversation, (tab) => withTurn(tab, key, question));
    if (first) print(conversation, questionText(question, style, context.output.columns));
  }

  function finish(conversation: string, key: string): void {
    const [running] = tabOf(desk, conversation)?.turns ?? [];
    adopted.delete(key);
    changeTab(conversation, (tab) => withoutTurn(tab, key));
    const [next] = tabOf(desk, conversation)?.turns ?? [];
    if (running?.key === key && next !== undefined)
      print(conversation, questionText(next.question, style, context.output.columns));
  }

  function view() {
    return { style, width: context.output.columns, now: context.clock() };
  }

  async function adopt(conversation: string): Promise<void> {
    const host = await options.host;
    for (const turn of await host.adopt(conversation)) {
      adopted.add(turn.turnId);
      begin(turn.conversation, turn.turnId, turn.question);
    }
  }

  async function send(text: string, command: CommandCall | null, attachments: readonly Attachment[]): Promise<void> {
    const { conversation } = currentTab(desk);
    const host = await options.host;
    const id = context.newId();
    const at = context.now().toISOString();
    own.add(id);
    if (command === null || opensTurn(command, host)) begin(conversation, id, text);
    else print(conversation, questionText(text, style, context.output.columns));
    try {
      const envelope = { id, at, author: context.author, conversation, from: 'repl' } as const;
      await host.receive(terminalMessage(envelope, text, command, attachments));
    } catch (error) {
      const problem = asUserError(error);
      await inOrder(conversation, () => print(conversation, problemText(problem, style, context.output.columns)));
      finish(conversation, id);
    }
  }

  async function post(address: Address, part: OutboxPart): Promise<void> {
    const { conversation } = address;
    const shown = Promise.withResolvers<void>();
    await inOrder(conversation, async () => {
      const turn = turnOf(address, part.turnId);
      const told = turn !== null && !adopted.has(turn.key) && !part.again;
      const text = await partText(told ? withoutFailures(part) : part, options);
      if (conversation !== currentTab(desk).conversation) {
        changeTab(conversation, (tab) => ({ ...tab, unread: tab.unread + 1 }));
      }
      transcripts.print(conversation, text).then(shown.resolve, shown.reject);
      own.delete(address.request);
      if (turn !== null) finish(conversation, turn.key);
    });
    return shown.promise;
  }

  function turnOf(address: Address, turnId?: string): OpenTurn | null {
    const tab = tabOf(desk, address.conversation);
    if (tab === null) return null;
    if (turnId !== undefined && adopted.has(turnId)) return turnFor(tab, turnId, adopted);
    return turnFor(tab, address.request, own.has(address.request) ? none : adopted);
  }

  function progress(address: Address, event: TurnEvent): void {
    const { conversation } = address;
    const turn = turnOf(address);
    if (turn !== null) changeTab(conversation, (tab) => withEvent(tab, turn.key, event, context.clock()));
    const after = turnOf(address);
    const text = after === null ? null : lastingText(event, after.progress, view());
    if (text !== null) inOrder(conversation, () => print(conversation, text)).catch(ignore);
  }

  async function display(update: (desk: Desk) => Desk): Promise<void> {
    const before = currentTab(desk).conversation;
    change(update);
    const { conversation } = currentTab(desk);
    if (conversation !== before) await transcripts.show(conversation);
  }

  return {
    get desk() {
      return desk;
    },
    change,
    say: (text) => print(currentTab(desk).conversation, text),
    send,
    progress,
    post,
    async open(conversation) {
      const known = tabOf(desk, conversation) !== null;
      await display((before) => openTab(before, conversation));
      if (!known || conversation === context.conversation) await adopt(conversation);
    },
    show: (index) => display((before) => showTab(before, index)),
    close: () => display(closeTab),
  };
}

async function partText(part: OutboxPart, options: ConversationsOptions): Promise<string> {
  if (part.kind === 'error') return problemText(errorOf(part), options.style, options.context.output.columns);
  return `\n${await answerText(part, answerView(options.context, await options.host))}\n`;
}

function opensTurn(command: CommandCall, host: TerminalHost): boolean {
  return host.commands.some((spec) => spec.name === command.name && spec.kind === 'turn');
}

const none: ReadonlySet<string> = new Set();

function ignore(): void {}
