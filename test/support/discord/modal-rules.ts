import { checkCustomId, checkSelect, flat } from './component-rules.ts';
import { list, object, text } from './json.ts';
import { invalid, tooLong } from './problems.ts';
import type { Json } from './world.ts';

/** What Discord takes as a modal: one to five labels, texts, or rows with one text input. */
export function checkModal(modal: Json): void {
  checkCustomId(modal, 'data');
  if (text(modal.title) === '' || text(modal.title).length > 45)
    throw invalid('data.title', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 45 in length.');
  const components = list(modal.components);
  if (components.length < 1 || components.length > 5)
    throw invalid('data.components', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
  for (const [index, one] of components.entries()) checkTop(one, `data.components.${index}`);
  const known = flat(components).flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(known).size < known.length)
    throw invalid('data.components', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
}

function checkTop(one: Json, field: string): void {
  if (one.type === 10) return;
  if (one.type === 1) {
    const [input, ...others] = list(one.components);
    if (input?.type !== 4 || others.length > 0)
      throw invalid(`${field}.components`, 'BASE_TYPE_BAD_LENGTH', 'Must be one text input.');
    if (text(input.label) === '') throw invalid(`${field}.label`, 'BASE_TYPE_REQUIRED', 'This field is required');
    if (text(input.label).length > 45) throw tooLong(`${field}.label`, 45);
    checkInput(input, field);
    return;
  }
  if (one.type !== 18) throw invalid(`${field}.type`, 'BASE_TYPE_CHOICES', 'The component cannot stand here.');
  if (text(one.label) === '' || text(one.label).length > 45) throw tooLong(`${field}.label`, 45);
  if (text(one.description).length > 100) throw tooLong(`${field}.description`, 100);
  const inner = object(one.component);
  if (inner.type === 4) {
    checkInput(inner, field);
    return;
  }
  if ([3, 5, 6, 7, 8].includes(Number(inner.type))) {
    checkSelect(inner, field);
    return;
  }
  if ([19, 21, 22, 23].includes(Number(inner.type))) {
    checkCustomId(inner, field);
    return;
  }
  throw invalid(`${field}.component`, 'BASE_TYPE_CHOICES', 'The component cannot stand here.');
}

function checkInput(input: Json, field: string): void {
  checkCustomId(input, field);
  if (text(input.placeholder).length > 100) throw tooLong(`${field}.placeholder`, 100);
  if (text(input.value).length > 4000) throw tooLong(`${field}.value`, 4000);
  if (Number(input.max_length ?? 4000) > 4000) throw tooLong(`${field}.max_length`, 4000);
  if (![1, 2].includes(Number(input.style)))
    throw invalid(`${field}.style`, 'BASE_TYPE_CHOICES', 'Value must be one of 1, 2.');
}
