import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type {
  Attachment,
  Author,
  CommandCall,
  InboundMessage,
  Place,
  Press,
  ReplyAddress,
  SharedHost,
} from './adapter.ts';
import { inboundOf, opensTurn } from './inbound.ts';
import { createOnce } from './once.ts';
import { isUnrecorded, sentenceOf } from './refusals.ts';

/** What somebody asks for, wherever it was written or pressed. `A` is where a surface answers, `F` a file as it names it. */
export interface Request<A, F> {
  readonly address: A;
  readonly place: Place;
  readonly author: Author;
  readonly addressed: InboundMessage['addressed'];
  readonly text: string;
  readonly command: CommandCall | null;
  /** A button instead of a text. */
  readonly press?: Press;
  readonly files?: readonly F[];
}

export interface RequestsOptions<A, F> {
  readonly host: Pick<SharedHost, 'receive' | 'may' | 'commands'>;
  readonly log: Log;
  write(address: A): ReplyAddress;
  fetch(
    files: readonly F[],
    messageId: string,
  ): Promise<{ readonly taken: readonly Attachment[]; readonly problems: readonly string[] }>;
  /** It was taken, and opens a turn of its conversation. */
  opened(address: A): Promise<void>;
  /** Whether somebody who may do nothing here is to be told now. */
  tellsStranger(address: A, person: string): Promise<boolean>;
  /** Says it to that person, alone where the surface can (always to strangers); nobody waits for it. */
  tell(address: A, person: string, sentence: string, isStranger: boolean): void;
}

/** Hands what people ask for to the runtime. */
export interface Requests<A, F> {
  /**
   * False where it was refused; its author is told why. Rejects where it could not be recorded: then nothing may be acknowledged, and
   * it comes again.
   */
  take(request: Request<A, F>): Promise<boolean>;
}

const remembered = 5_000;

export function createRequests<
  A extends { readonly id: string; readonly at: string; readonly conversation: string },
  F,
>(options: RequestsOptions<A, F>): Requests<A, F> {
  const { host, log } = options;
  const told = createOnce<void>(remembered);

  /** People who may do nothing here are not told every time. */
  async function refuse({ address, place, author }: Request<A, F>, error: unknown): Promise<void> {
    if (!(error instanceof UserError)) return log.error('a message could not be taken', { error });
    const isStranger = error.code === 'denied' && !host.may(place, author, 'read');
    if (isStranger && !(await options.tellsStranger(address, author.id))) return;
    // What could not be recorded comes again, and is said once.
    if (!author.isBot)
      await told(`${address.id}:${author.id}`, async () =>
        options.tell(address, author.id, sentenceOf(error), isStranger),
      );
  }

  return {
    async take(asked) {
      const { address, place, command, press, author } = asked;
      try {
        // Nothing is fetched, and kept, for people who may do nothing here.
        const files = host.may(place, author, 'read') ? (asked.files ?? []) : [];
        const attachments = await options.fetch(files, address.id);
        const text = [asked.text, ...attachments.problems].filter((line) => line !== '').join('\n\n');
        const replyTo = options.write(address);
        await host.receive(inboundOf({ ...asked, replyTo, text, attachments: attachments.taken }));
        // A button stands in a conversation that is open.
        if (press === undefined && opensTurn(command, host.commands)) await options.opened(address);
        return true;
      } catch (error) {
        await refuse(asked, error);
        if (isUnrecorded(error)) throw error;
        return false;
      } finally {
        log.debug('a request was handled', { message: address.id, by: author.id });
      }
    },
  };
}
