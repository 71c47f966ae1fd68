import { checkComponents } from './component-rules.ts';
import { list, text } from './json.ts';
import { checkFields, checkV2, type MessageRules, messageFlags } from './message-rules.ts';
import { ApiProblem, invalid } from './problems.ts';
import { hasComponentsV2 } from './shown-message.ts';
import type { Json, PostedMessage, StoredFile } from './world.ts';

/** What Discord takes as an edit of a message: what it has afterwards must be a message again. */
export function checkEdit(
  message: PostedMessage,
  { body, files }: { readonly body: Json; readonly files: readonly StoredFile[] },
  rules: MessageRules,
): void {
  checkFields({ body, files }, rules);
  const wasV2 = hasComponentsV2(message);
  const given = body.flags === undefined || body.flags === null ? null : Number(body.flags);
  if (wasV2 && given !== null && !hasComponentsV2({ flags: given }))
    throw invalid('flags', 'MESSAGE_FLAGS_COMPONENTS_V2', 'IS_COMPONENTS_V2 cannot be removed.');
  const components = body.components === undefined ? message.components : list(body.components);
  const kept = message.files.map(({ name }) => name);
  if (wasV2 || ((given ?? 0) & messageFlags.componentsV2) !== 0) {
    const former = wasV2 ? '' : message.text;
    const content = body.content === undefined ? former : text(body.content);
    const embeds = body.embeds === undefined ? message.embeds : list(body.embeds);
    checkV2({ body: { ...body, content, embeds, components }, files }, kept);
    return;
  }
  checkComponents(components);
  const content = body.content === undefined ? message.text : text(body.content);
  const embeds = body.embeds === undefined ? message.embeds : list(body.embeds);
  const left = body.attachments === undefined ? message.files.length : list(body.attachments).length;
  if (content === '' && embeds.length === 0 && files.length + left === 0) throw new ApiProblem(50006);
}
