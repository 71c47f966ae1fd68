import { list, object, text } from './json.ts';
import { ApiProblem, invalid, tooLong } from './problems.ts';
import type { Json } from './world.ts';

/** What Discord takes as components: rows of old, components v2, and those of modals. */

const selects: ReadonlySet<unknown> = new Set([3, 5, 6, 7, 8]);
const v2Text = 4000;
/** Above this the servers themselves fall over. */
const v2Bytes = 10_170;

export function checkComponents(rows: readonly Json[]): void {
  if (rows.length > 5) throw tooLong('components', 5);
  for (const [index, row] of rows.entries()) {
    if (row.type !== 1) throw wrongType(`components.${index}`);
    checkRow(row, `components.${index}`);
  }
  checkCustomIds(rows);
}

export function checkComponentsV2(components: readonly Json[], files: readonly string[]): void {
  const all = flat(components);
  if (all.length > 40)
    throw invalid('components', 'COMPONENTS_TOO_MANY', 'The total number of components cannot exceed 40.');
  const texts = all.filter(({ type }) => type === 10).map(({ content }) => text(content));
  if (texts.some((one) => one === '')) throw invalid('components', 'BASE_TYPE_REQUIRED', 'This field is required');
  const together = texts.join('');
  if (together.length > v2Text)
    throw invalid('components', 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', `Cannot exceed maximum of ${v2Text}.`);
  if (Buffer.byteLength(together) > v2Bytes) throw Object.assign(new ApiProblem(500), { status: 500 });
  for (const [index, one] of components.entries()) checkV2Component(one, `components.${index}`, files, true);
  checkCustomIds(components);
}

function checkV2Component(one: Json, field: string, files: readonly string[], isTop: boolean): void {
  switch (one.type) {
    case 1:
      checkRow(one, field);
      return;
    case 9:
      checkSection(one, field, files);
      return;
    case 10:
    case 14:
      return;
    case 12: {
      const items = list(one.items);
      if (items.length < 1 || items.length > 10) throw tooLong(`${field}.items`, 10);
      for (const item of items) checkMedia(object(item.media), `${field}.items`, files, false);
      return;
    }
    case 13:
      checkMedia(object(one.file), `${field}.file`, files, true);
      return;
    case 17: {
      if (!isTop) throw wrongType(field);
      const inner = list(one.components);
      if (inner.length === 0) throw invalid(`${field}.components`, 'BASE_TYPE_REQUIRED', 'This field is required');
      for (const [index, child] of inner.entries())
        checkV2Component(child, `${field}.components.${index}`, files, false);
      return;
    }
    default:
      throw wrongType(field);
  }
}

function checkSection(one: Json, field: string, files: readonly string[]): void {
  const inner = list(one.components);
  if (inner.length < 1 || inner.length > 3 || inner.some(({ type }) => type !== 10))
    throw invalid(`${field}.components`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 3 in length.');
  const accessory = object(one.accessory);
  if (accessory.type === 2) {
    checkButton(accessory, `${field}.accessory`);
    return;
  }
  if (accessory.type === 11) {
    checkMedia(object(accessory.media), `${field}.accessory`, files, false);
    return;
  }
  throw invalid(`${field}.accessory`, 'BASE_TYPE_REQUIRED', 'This field is required');
}

function checkMedia(media: Json, field: string, files: readonly string[], mustBeAttached: boolean): void {
  const url = text(media.url);
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined ? mustBeAttached || !/^https?:\/\//.test(url) : !files.includes(name))
    throw invalid(
      field,
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      'The referenced attachment was not found',
    );
}

function checkRow(row: Json, field: string): void {
  const inner = list(row.components);
  const isSelect = inner.some(({ type }) => selects.has(type));
  const most = isSelect ? 1 : 5;
  if (inner.length < 1 || inner.length > most)
    throw invalid(`${field}.components`, 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
  for (const [index, one] of inner.entries()) {
    const place = `${field}.components.${index}`;
    if (one.type === 2) checkButton(one, place);
    else if (selects.has(one.type)) checkSelect(one, place);
    else throw wrongType(place);
  }
}

function checkButton(button: Json, field: string): void {
  if (text(button.label).length > 80) throw tooLong(`${field}.label`, 80);
  if (text(button.label) === '' && button.emoji === undefined)
    throw invalid(`${field}.label`, 'BUTTON_COMPONENT_LABEL_REQUIRED', 'A button must have a label or an emoji.');
  if (button.style === 5) {
    if (text(button.url) === '' || text(button.url).length > 512) throw tooLong(`${field}.url`, 512);
    if (button.custom_id !== undefined)
      throw invalid(field, 'BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE', 'A custom id and url cannot both be specified');
    return;
  }
  if (![1, 2, 3, 4].includes(Number(button.style)))
    throw invalid(`${field}.style`, 'BASE_TYPE_CHOICES', 'Value must be one of 1, 2, 3, 4, 5, 6.');
  checkCustomId(button, field);
}

export function checkSelect(select: Json, field: string): void {
  checkCustomId(select, field);
  if (text(select.placeholder).length > 150) throw tooLong(`${field}.placeholder`, 150);
  if (select.type !== 3) return;
  const options = list(select.options);
  if (options.length < 1 || options.length > 25)
    throw invalid(`${field}.options`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 25 in length.');
  for (const [index, option] of options.entries()) {
    for (const name of ['label', 'value'])
      if (text(option[name]) === '' || text(option[name]).length > 100)
        throw invalid(
          `${field}.options.${index}.${name}`,
          'BASE_TYPE_BAD_LENGTH',
          'Must be between 1 and 100 in length.',
        );
    if (text(option.description).length > 100) throw tooLong(`${field}.options.${index}.description`, 100);
  }
  if (new Set(options.map(({ value }) => value)).size < options.length)
    throw invalid(
      `${field}.options`,
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used',
    );
}

export function checkCustomId(one: Json, field: string): void {
  const id = text(one.custom_id);
  if (id.length < 1 || id.length > 100)
    throw invalid(`${field}.custom_id`, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
}

function checkCustomIds(components: readonly Json[]): void {
  const known = flat(components).flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(known).size < known.length)
    throw invalid('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
}

/** All components, nested ones and accessories with them. */
export function flat(components: readonly Json[]): readonly Json[] {
  return components.flatMap((one) => [
    one,
    ...flat(list(one.components)),
    ...(one.accessory === undefined ? [] : [object(one.accessory)]),
    ...(one.component === undefined ? [] : [object(one.component)]),
  ]);
}

function wrongType(field: string): ApiProblem {
  return invalid(`${field}.type`, 'BASE_TYPE_CHOICES', 'The component cannot stand here.');
}
