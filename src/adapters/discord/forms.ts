import { ComponentType, TextInputStyle } from 'discord.js';
import { isId } from './snowflake.ts';

/** The forms for long questions. What they are about travels with them, or stands in the records: they outlive a restart. */

const aboutPrefix = 'tutti:about:';
const textPrefix = 'tutti:text:';
/** The one field of a form. */
export const field = 'text';

/** "Ask Tutti about this", of a message. */
export function aboutForm(message: string): object {
  return form({
    customId: `${aboutPrefix}${message}`,
    title: 'Ask Tutti about this',
    label: 'What do you want to know?',
    hint: 'The answer comes into a thread. @name asks one agent.',
  });
}

/** For the long text of a command that was begun with `interaction`. */
export function textForm(interaction: string, command: string): object {
  return form({
    customId: `${textPrefix}${interaction}`,
    title: `/${command}`.slice(0, 45),
    label: 'What do you want to say?',
    hint: 'As many lines as you like.',
  });
}

/** Which form was sent; null where it is none of ours. */
export function sentForm(
  customId: string,
):
  | { readonly kind: 'about'; readonly message: string }
  | { readonly kind: 'text'; readonly interaction: string }
  | null {
  if (customId.startsWith(textPrefix)) return { kind: 'text', interaction: customId.slice(textPrefix.length) };
  const message = customId.startsWith(aboutPrefix) ? customId.slice(aboutPrefix.length) : '';
  return isId(message) ? { kind: 'about', message } : null;
}

function form(what: {
  readonly customId: string;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
}): object {
  return {
    custom_id: what.customId,
    title: what.title,
    components: [
      {
        type: ComponentType.Label,
        label: what.label,
        description: what.hint,
        component: {
          type: ComponentType.TextInput,
          custom_id: field,
          style: TextInputStyle.Paragraph,
          min_length: 1,
          max_length: 4000,
          required: true,
        },
      },
    ],
  };
}
