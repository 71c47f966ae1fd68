import type { View } from '@slack/web-api';
import { isFields, parsedFields, text } from '../untyped.ts';

/** The form behind "Ask Tutti about this". What it is about travels with it, so it outlives a restart. */

export const askCallback = 'tutti_ask_about';
const block = 'question';

export function askView(about: Pick<Submission, 'channel' | 'thread' | 'about'>): View {
  return {
    type: 'modal',
    callback_id: askCallback,
    private_metadata: JSON.stringify(about),
    title: { type: 'plain_text', text: 'Ask Tutti' },
    submit: { type: 'plain_text', text: 'Ask' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: block,
        label: { type: 'plain_text', text: 'What do you want to know about this?' },
        hint: { type: 'plain_text', text: 'The thread is read; the answer comes into it. @name asks one agent.' },
        element: { type: 'plain_text_input', action_id: block, multiline: true, max_length: 3000 },
      },
    ],
  };
}

export interface Submission {
  /** The form's own id: each is sent once. */
  readonly id: string;
  readonly channel: string;
  readonly thread: string;
  /** The ts of the message that was chosen. */
  readonly about: string;
  readonly question: string;
}

/** What was written into the form; null where it is another. */
export function readSubmission(view: unknown): Submission | null {
  if (!isFields(view) || view.callback_id !== askCallback) return null;
  const about = parsedFields(text(view.private_metadata));
  const state = isFields(view.state) && isFields(view.state.values) ? view.state.values[block] : null;
  const input = isFields(state) ? state[block] : null;
  if (text(about.channel) === '' || text(about.thread) === '') return null;
  return {
    id: text(view.id),
    channel: text(about.channel),
    thread: text(about.thread),
    about: text(about.about) || text(about.thread),
    question: isFields(input) ? text(input.value).trim() : '',
  };
}
