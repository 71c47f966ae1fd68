import type { Attachment } from '../adapter.ts';
import { type AttachmentLimits, readAttachment } from './attachments.ts';
import { nameOf } from './desk.ts';
import { keysHelp } from './keys.ts';
import type { LocalAction } from './repl-commands.ts';
import { conversationNamed } from './request.ts';

export interface PlainActionsOptions {
  /** The conversation to begin with. */
  readonly conversation: string;
  readonly limits: AttachmentLimits;
  readonly places: { readonly directory: string; readonly home: string };
  newId(): string;
  say(text: string): void;
  /** Another conversation is gone to for the first time. */
  opened(conversation: string): Promise<void>;
  leave(): void;
}

/** What a REPL without a screen does itself: conversations one after another, files for the next message. */
export interface PlainActions {
  readonly conversation: string;
  /** The files that go with the message that is sent now. */
  takeAttachments(): readonly Attachment[];
  /** Throws UserErrors about files. */
  perform(action: LocalAction): Promise<void>;
}

export function createPlainActions(options: PlainActionsOptions): PlainActions {
  const { say } = options;
  const opened = [options.conversation];
  let conversation = options.conversation;
  let attachments: readonly Attachment[] = [];

  async function goTo(wanted: string): Promise<void> {
    conversation = wanted;
    say(`Conversation ${nameOf(wanted)}.\n`);
    if (opened.includes(wanted)) return;
    opened.push(wanted);
    await options.opened(wanted);
  }

  function named(written: string): string {
    const number = /^[1-9]\d*$/u.test(written) ? opened[Number(written) - 1] : undefined;
    return number ?? conversationNamed(written);
  }

  async function attach(path: string): Promise<void> {
    const file = await readAttachment(path, options.limits, options.places);
    attachments = [...attachments, file];
    say(`${file.name} goes with the next message.\n`);
  }

  return {
    get conversation() {
      return conversation;
    },
    takeAttachments() {
      const taken = attachments;
      attachments = [];
      return taken;
    },
    async perform(action) {
      switch (action.type) {
        case 'leave':
          return options.leave();
        case 'clear':
          return;
        case 'keys':
          return say(`${keysHelp}\n`);
        case 'attach':
          return attach(action.path);
        case 'new-tab':
          return goTo(
            conversationNamed(action.name ?? `${nameOf(options.conversation)}-${options.newId().slice(0, 4)}`),
          );
        case 'switch-tab':
          return goTo(named(action.to));
        case 'close-tab':
          return goTo(options.conversation);
        case 'list-tabs':
          return say(opened.map((one, index) => `${index + 1} ${nameOf(one)}\n`).join(''));
      }
    },
  };
}
