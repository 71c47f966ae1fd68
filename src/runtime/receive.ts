import type { InboundMessage, ReplyAddress } from '../adapters/adapter.ts';
import { namedCommand, rightOf, subcommandOf } from '../commands/call.ts';
import type { Command, ImmediateCommand } from '../commands/command.ts';
import type { RightsService } from '../commands/services.ts';
import { UserError } from '../errors.ts';
import type { Ledger, TurnRecord } from '../ledger/ledger.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Specs } from './specs.ts';

export interface ReceiveDependencies {
  readonly ledger: Pick<Ledger, 'accept' | 'find' | 'open' | 'conversation'>;
  readonly commands: readonly Command[];
  readonly rights: Pick<RightsService, 'may'>;
  /** Refuses what could not be run anyway; says which turn it carries on, or null. */
  check(message: InboundMessage): Promise<{ readonly retries: string | null }>;
  /** Documents that were posted, and buttons that were pressed. */
  readonly specs: Pick<Specs, 'take'>;
  readonly rateLimit: RateLimit;
  readonly queuePerConversation: number;
  /** Masks secrets and removes control characters. */
  safe(text: string): string;
  newId(): string;
  /** Takes an accepted turn into the queue. */
  accepted(turn: TurnRecord): void;
  /** Runs a look-up, which leaves no trace. */
  lookUp(command: ImmediateCommand, message: InboundMessage, turnId: string): void;
}

export interface Received {
  readonly turnId: string;
  readonly repeated: boolean;
}

const localSurface = 'terminal';

/** Accept: clean, authorise, record. Messages of one conversation are taken in the order in which they came. */
export function createReceive(dependencies: ReceiveDependencies): (message: InboundMessage) => Promise<Received> {
  const lines = new Map<string, Promise<unknown>>();

  return (raw) => {
    const before = lines.get(raw.conversation) ?? Promise.resolve();
    const received = before.then(() => take(safeMessage(raw, dependencies.safe), dependencies));
    const settled = received.catch(() => undefined);
    lines.set(raw.conversation, settled);
    settled.finally(() => {
      if (lines.get(raw.conversation) === settled) lines.delete(raw.conversation);
    });
    return received;
  };
}

async function take(message: InboundMessage, dependencies: ReceiveDependencies): Promise<Received> {
  // What was accepted once is refused no more, whatever has changed since. The terminal brings nothing twice.
  const isLocal = message.place.surface === localSurface;
  const known = isLocal ? null : dependencies.ledger.find(message.place.surface, message.id);
  if (known !== null) return { turnId: known.id, repeated: true };
  const spec = mayBeSpec(message) ? await dependencies.specs.take(message) : null;
  if (spec?.kind === 'command') return record(spec.message, null, { kind: 'command', recorded: true }, dependencies);
  return takeWritten(spec?.message ?? message, dependencies);
}

/** A button, or a file without a word to it, on a surface that has both. */
function mayBeSpec({ place, press, text, attachments }: InboundMessage): boolean {
  if (place.surface === localSurface) return false;
  return press !== undefined || (text.trim() === '' && attachments.length > 0);
}

async function takeWritten(message: InboundMessage, dependencies: ReceiveDependencies): Promise<Received> {
  const command = commandOf(message, dependencies.commands);
  if (command?.kind === 'immediate') return takeCommand(command, message, dependencies);
  const { retries } = await dependencies.check(message);
  refuseTooMany(message, dependencies);
  const carries = retries ?? clarified(message, dependencies.ledger);
  return record(message, carries, { kind: 'question', recorded: true }, dependencies);
}

function takeCommand(command: ImmediateCommand, message: InboundMessage, dependencies: ReceiveDependencies): Received {
  const subcommand = subcommandOf(command, message.command?.subcommand ?? null);
  const right = rightOf(command, subcommand);
  if (!dependencies.rights.may(message, right)) {
    throw new UserError('denied', `You may not use /${command.name} here.`, {
      hint: `It needs the right "${right}": whoever keeps the configuration can give it under "access".`,
      exit: 4,
    });
  }
  const changes = command.changes(subcommand);
  if (changes || message.place.surface !== localSurface) {
    return record(message, null, { kind: 'command', recorded: changes }, dependencies);
  }
  // The person at the terminal sees at once whether a look-up came back: it needs no ledger.
  const turnId = dependencies.newId();
  dependencies.lookUp(command, message, turnId);
  return { turnId, repeated: false };
}

function record(
  message: InboundMessage,
  carries: string | null,
  options: { readonly kind: 'question' | 'command'; readonly recorded: boolean },
  dependencies: ReceiveDependencies,
): Received {
  const { turn, repeated } = dependencies.ledger.accept(message, carries, options);
  if (!repeated) dependencies.accepted(turn);
  return { turnId: turn.id, repeated };
}

function commandOf(message: InboundMessage, commands: readonly Command[]): Command | null {
  if (message.command === undefined) return null;
  const offered = commands.filter((command) => command.surfaces?.includes(message.place.surface) ?? true);
  return namedCommand(message.command.name, offered);
}

function refuseTooMany(
  message: InboundMessage,
  { ledger, queuePerConversation, rateLimit }: ReceiveDependencies,
): void {
  const waiting = ledger
    .open()
    .filter((turn) => turn.kind === 'question' && turn.message.conversation === message.conversation);
  if (waiting.length > queuePerConversation) {
    throw new UserError('queue-full', `${queuePerConversation} questions wait in this conversation already.`, {
      hint: '/queue lists them, /queue drop takes one out.',
    });
  }
  if (message.place.surface !== localSurface && !rateLimit.take(`${message.place.surface}:${message.author.id}`)) {
    throw new UserError('too-many-questions', 'You asked as many questions as one person may within an hour.', {
      hint: 'Wait a little, or have "limits.perPersonPerHour" raised.',
    });
  }
}

/** The reply to a question that Tutti asked back carries on the turn that asked. */
function clarified(message: InboundMessage, ledger: Pick<Ledger, 'conversation'>): string | null {
  const [last] = ledger.conversation(message.conversation, 1);
  return last?.status === 'clarify' ? last.id : null;
}

function safeMessage(message: InboundMessage, safe: (text: string) => string): InboundMessage {
  const { command } = message;
  const cleaned = {
    ...message,
    text: safe(message.text),
    author: { ...message.author, name: safe(message.author.name) },
    replyTo: safeAddress(message.replyTo, safe),
  };
  if (command === undefined) return cleaned;
  const args = Object.fromEntries(Object.entries(command.args).map(([name, value]) => [name, safeValue(value, safe)]));
  return { ...cleaned, command: { ...command, args } };
}

function safeAddress(address: ReplyAddress, safe: (text: string) => string): ReplyAddress {
  if (address.texts === undefined) return address;
  const texts = Object.fromEntries(Object.entries(address.texts).map(([name, text]) => [name, safe(text)]));
  return { ...address, texts };
}

function safeValue<T>(value: T, safe: (text: string) => string): T | string | readonly string[] {
  if (typeof value === 'string') return safe(value);
  return Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? safe(item) : item)) : value;
}
