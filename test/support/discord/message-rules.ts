import { checkComponents, checkComponentsV2 } from './component-rules.ts';
import { list, object, strings, text } from './json.ts';
import { ApiProblem, invalid, tooLong } from './problems.ts';
import type { Json, StoredFile } from './world.ts';

/** What Discord takes as a message. Every check throws the problem that Discord answers with. */

export interface MessageBody {
  readonly body: Json;
  readonly files: readonly StoredFile[];
}

export interface MessageRules {
  readonly maxFileBytes: number;
  /** Flags that may be set. */
  readonly flags: number;
}

export const messageFlags = {
  suppressEmbeds: 4,
  ephemeral: 64,
  loading: 128,
  silent: 4096,
  componentsV2: 32_768,
} as const;

const requestBytes = 25 * 1024 * 1024;

/** Checks a whole new message. */
export function checkMessage({ body, files }: MessageBody, rules: MessageRules): void {
  checkFields({ body, files }, rules);
  const flags = Number(body.flags ?? 0);
  if ((flags & messageFlags.componentsV2) !== 0) {
    checkV2({ body, files }, []);
    return;
  }
  checkComponents(list(body.components));
  if (text(body.content) === '' && list(body.embeds).length === 0 && files.length === 0 && body.poll === undefined)
    throw new ApiProblem(50006);
}

/** Checks a message with components v2; `kept` are the names of files that it has already. */
export function checkV2({ body, files }: MessageBody, kept: readonly string[]): void {
  if (text(body.content) !== '' || list(body.embeds).length > 0 || (body.poll ?? null) !== null)
    throw invalid(
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'The content, embeds and poll fields cannot be used when using MessageFlags.IS_COMPONENTS_V2',
    );
  const components = list(body.components);
  if (components.length === 0) throw new ApiProblem(50006);
  checkComponentsV2(components, [...files.map(({ name }) => name), ...kept]);
}

/** Checks what a new message and an edit have in common. */
export function checkFields({ body, files }: MessageBody, { maxFileBytes, flags }: MessageRules): void {
  if (text(body.content).length > 2000) throw tooLong('content', 2000);
  if ((Number(body.flags ?? 0) & ~flags) !== 0)
    throw invalid('flags', 'MESSAGE_FLAGS_INVALID', 'Flags are not allowed.');
  checkEmbeds(list(body.embeds));
  checkAllowedMentions(object(body.allowed_mentions));
  if (text(body.nonce).length > 25) throw tooLong('nonce', 25);
  if (files.length > 10) throw invalid('attachments', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  const sizes = files.map(({ content }) => content.length);
  if (sizes.some((size) => size > maxFileBytes) || sizes.reduce((sum, size) => sum + size, 0) > requestBytes)
    throw new ApiProblem(40005);
}

function checkEmbeds(embeds: readonly Json[]): void {
  if (embeds.length > 10) throw invalid('embeds', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  let together = 0;
  const within = (value: unknown, most: number, field: string): void => {
    if (text(value).length > most) throw tooLong(field, most);
    together += text(value).length;
  };
  for (const [index, embed] of embeds.entries()) {
    const field = (name: string) => `embeds.${index}.${name}`;
    within(embed.title, 256, field('title'));
    within(embed.description, 4096, field('description'));
    within(object(embed.footer).text, 2048, field('footer.text'));
    within(object(embed.author).name, 256, field('author.name'));
    const fields = list(embed.fields);
    if (fields.length > 25) throw tooLong(field('fields'), 25);
    for (const [position, one] of fields.entries()) {
      if (text(one.name) === '' || text(one.value) === '')
        throw invalid(field(`fields.${position}`), 'BASE_TYPE_REQUIRED', 'This field is required');
      within(one.name, 256, field(`fields.${position}.name`));
      within(one.value, 1024, field(`fields.${position}.value`));
    }
  }
  if (together > 6000) throw invalid('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
}

function checkAllowedMentions(allowed: Json): void {
  const parse = strings(allowed.parse);
  if (parse.some((kind) => !['users', 'roles', 'everyone'].includes(kind)))
    throw invalid('allowed_mentions.parse', 'BASE_TYPE_CHOICES', 'Value must be one of users, roles, everyone.');
  for (const kind of ['users', 'roles']) {
    const named = strings(allowed[kind]);
    if (named.length > 100) throw tooLong(`allowed_mentions.${kind}`, 100);
    if (named.length > 0 && parse.includes(kind))
      throw invalid(
        'allowed_mentions',
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
  }
}

export function checkThreadName(name: unknown): string {
  const given = text(name);
  if (given.length < 1 || given.length > 100)
    throw invalid('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
  return given;
}

export function checkWebhookName(name: string, field: string): void {
  if (name.length < 1 || name.length > 80)
    throw invalid(field, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 80 in length.');
  const bad = /clyde|discord/i.exec(name)?.[0];
  if (bad !== undefined)
    throw invalid(field, 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${bad.toLowerCase()}"`);
}
