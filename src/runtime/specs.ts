import type { Button, InboundMessage, Press, TurnResult } from '../adapters/adapter.ts';
import { saveDocument } from '../autorun/documents.ts';
import { countTasks, findTasks, listTasks, mayHoldTasks } from '../autorun/tasks.ts';
import type { Outbound } from '../commands/command.ts';
import type { RightsService } from '../commands/services.ts';
import { UserError } from '../errors.ts';
import type { Ledger, TurnRecord } from '../ledger/ledger.ts';
import type { Log } from '../log.ts';
import { asUserError } from './commands.ts';
import { commandResult, errorPart, type NewPart, type Settlement } from './settlement.ts';
import { answeredDocument, postedDocument, type SpecDocument } from './spec-document.ts';
import type { Writers } from './writers.ts';

export interface SpecsDependencies {
  readonly ledger: Pick<Ledger, 'turn' | 'find'>;
  readonly rights: Pick<RightsService, 'may'>;
  readonly writers: Writers;
  /** Where documents are looked for, inside an agent's directory. */
  readonly folder: string;
  readonly log: Log;
  newId(): string;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
}

/** What a message that is no question as it stands becomes. */
export interface Taken {
  readonly kind: 'question' | 'command';
  /** Its `id` says what is done once: whoever comes second finds it taken. */
  readonly message: InboundMessage;
}

/** The way of a document from a chat into an agent's directory: a markdown file that was posted, or an answer that holds tasks. */
export interface Specs {
  /** Null for what is a question, or nothing of ours. Refuses with UserErrors what the person may not press, or comes too late for. */
  take(message: InboundMessage): Promise<Taken | null>;
  /** Takes what `take` made a command to its settlement. Never rejects. */
  settle(turn: TurnRecord): Promise<Settlement>;
  /** What may be pressed under an answer. */
  buttons(message: InboundMessage, result: TurnResult): Promise<readonly Button[]>;
}

const offerMs = 24 * 3_600_000;
/** A menu has no room for more. */
const mostAgents = 25;
/** People wait for the platform's acknowledgement meanwhile. */
const parsingMs = 1_000;

export function createSpecs(dependencies: SpecsDependencies): Specs {
  const { ledger, rights, writers, folder, log, newId, safe } = dependencies;

  async function posted(message: InboundMessage): Promise<Taken | null> {
    const [file, ...others] = message.attachments;
    const isBare = message.text.trim() === '' && message.command === undefined;
    if (!isBare || file === undefined || others.length > 0 || !rights.may(message, 'read')) return null;
    const document = await postedDocument(file, message.at);
    if (document === null || !(await holdsTasks(document.text))) return null;
    if ((await writers.offered(message)).length === 0) return null;
    return { kind: 'command', message: { ...message, text: safe(document.name) } };
  }

  async function pressed(message: InboundMessage, press: Press): Promise<Taken> {
    const turn = ledger.turn(press.turn);
    const kind = press.kind === 'tasks' ? 'question' : 'command';
    if (turn === null || turn.kind !== kind || !isSamePlace(turn.message, message)) throw tooOld();
    if (press.kind === 'tasks') return pressedTasks(message, turn);
    if (press.kind === 'ask') return pressedAsk(message, turn);
    await writers.named(message, press.agent);
    const name = (await documentOf(turn)).name;
    const text = safe(`Save ${name} for ${press.agent}`);
    return { kind: 'command', message: { ...message, id: free(message, press), text } };
  }

  async function pressedTasks(message: InboundMessage, turn: TurnRecord): Promise<Taken> {
    if (!rights.may(message, 'write') || (await writers.offered(message)).length === 0) {
      throw new UserError('denied', 'You may let no agent write here, so you cannot save it for one.', {
        hint: 'It needs the right "write": whoever keeps the configuration can give it under "access".',
        exit: 4,
      });
    }
    if (answeredDocument(turn) === null) throw tooOld();
    const id = free(message, { kind: 'tasks', turn: turn.id });
    return { kind: 'command', message: { ...message, id, text: 'Save as spec' } };
  }

  async function pressedAsk(message: InboundMessage, turn: TurnRecord): Promise<Taken> {
    const { press, ...question } = message;
    const { name } = await documentOf(turn);
    const asked = `Read the attached document ${name}. What is it about, and what in it is unclear, missing or wrong?`;
    const text = safe(asked);
    const id = free(message, { kind: 'ask', turn: turn.id });
    return { kind: 'question', message: { ...question, id, text, attachments: turn.message.attachments } };
  }

  /** The id under which the first press is recorded. What failed, or was an offer that is over, may be pressed again. */
  function free({ place, at }: InboundMessage, press: Press): string {
    for (let attempt = 1; ; attempt += 1) {
      const id = `${press.kind}:${press.turn}:${attempt}`;
      const before = ledger.find(place.surface, id);
      if (before === null) return id;
      const isOver = press.kind === 'tasks' && Date.parse(at) - Date.parse(before.acceptedAt) > offerMs;
      if (before.status !== 'failed' && !isOver) throw alreadyPressed(before, press);
    }
  }

  async function show(turn: TurnRecord): Promise<Said> {
    const { name, text } = await documentOf(turn);
    const tasks = await findTasks(text);
    const agents = await writers.offered(turn.message);
    const more = agents.length - mostAgents;
    const rest = more > 0 ? ` There are ${more} more agents than can be shown.` : '';
    const markdown = [
      `\`${name}\` · ${tasks.length === 0 ? 'its tasks could not be read' : countTasks(tasks)}`,
      listTasks(tasks),
      `Saving puts it into the agent's directory as \`${folder}/${name}\`; nothing is run.${rest}`,
    ].join('\n\n');
    const saves = agents.slice(0, mostAgents).map((agent) => ({
      label: `Save for ${agent}`,
      press: { kind: 'save' as const, turn: turn.id, agent },
    }));
    const isPosted = turn.message.press === undefined;
    const asks: readonly Button[] = isPosted ? [{ label: 'Ask about it', press: { kind: 'ask', turn: turn.id } }] : [];
    return { markdown, data: { name, tasks }, buttons: [...saves, ...asks] };
  }

  async function save(turn: TurnRecord, press: Extract<Press, { kind: 'save' }>): Promise<Said> {
    const offer = ledger.turn(press.turn);
    if (offer === null) throw tooOld();
    if (Date.parse(turn.acceptedAt) - Date.parse(offer.acceptedAt) > offerMs) {
      const markdown = 'Nothing was saved: nobody chose an agent within 24 hours.';
      return { markdown, data: { saved: null }, replaces: true };
    }
    // Checked again when it is done: rules may have changed since it was accepted.
    const agent = await writers.named(turn.message, press.agent);
    const document = await documentOf(offer);
    const { path, already } = await saveDocument({ ...document, directory: agent.directory, folder });
    const tasks = await findTasks(document.text);
    const count = tasks.length === 0 ? '' : ` (${countTasks(tasks)})`;
    const what = already ? `\`${path}\` is there already in ${agent.name}` : `Saved as \`${path}\` in ${agent.name}`;
    return { markdown: `${what}${count}.`, data: { saved: { agent: agent.name, path, already } }, replaces: true };
  }

  /** What a turn showed, or was posted in it. */
  async function documentOf({ message }: TurnRecord): Promise<SpecDocument> {
    const [file] = message.attachments;
    const answered = message.press?.kind === 'tasks' ? ledger.turn(message.press.turn) : null;
    const isPosted = message.press === undefined && file !== undefined;
    const document = isPosted ? await postedDocument(file, message.at) : answered && answeredDocument(answered);
    if (document === null) throw tooOld();
    return document;
  }

  async function partOf(turn: TurnRecord): Promise<NewPart> {
    const { press } = turn.message;
    try {
      const { markdown, data, ...offered } = await (press?.kind === 'save' ? save(turn, press) : show(turn));
      const said = { markdown: safe(markdown), data, exit: 0, ...offered };
      return { id: newId(), turnId: turn.id, position: 0, kind: 'command', footer: null, ...said };
    } catch (error) {
      return errorPart(turn.id, asUserError(error, 'Saving', log), newId());
    }
  }

  return {
    take: async (message) => (message.press === undefined ? posted(message) : pressed(message, message.press)),
    async settle(turn) {
      const part = await partOf(turn);
      return { result: commandResult(turn, part), parts: [part] };
    },
    async buttons(message, { turnId, status, answer }) {
      const isAnswer = (status === 'answered' || status === 'partial') && answer !== null;
      if (!isAnswer || !mayHoldTasks(answer) || (await writers.offered(message)).length === 0) return [];
      if ((await findTasks(answer)).length === 0) return [];
      return [{ label: 'Save as spec', press: { kind: 'tasks', turn: turnId } }];
    },
  };
}

type Said = Outbound & Pick<NewPart, 'buttons' | 'replaces'>;

/** What cannot be parsed in time is judged by its looks. */
async function holdsTasks(text: string): Promise<boolean> {
  if (!mayHoldTasks(text)) return false;
  const tasks = await findTasks(text, AbortSignal.timeout(parsingMs)).catch(() => null);
  return tasks === null || tasks.length > 0;
}

function isSamePlace({ place: one }: InboundMessage, { place: other }: InboundMessage): boolean {
  return one.surface === other.surface && one.workspace === other.workspace && one.channel === other.channel;
}

function alreadyPressed({ message, result }: TurnRecord, press: Press): UserError {
  const outcomes = {
    tasks: 'Its tasks are shown in this thread.',
    ask: 'The question is asked.',
    save: result?.answer ?? 'It is being saved.',
  };
  return new UserError('already-pressed', `${message.author.name} pressed it before. ${outcomes[press.kind]}`);
}

function tooOld(): UserError {
  return new UserError('too-old', 'This button is too old: what it stood for is not kept any more.', {
    hint: 'Post the document again.',
  });
}
