import { expect, it } from 'vitest';
import { aboutForm, sentForm, textForm } from '../../../src/adapters/discord/forms.ts';

it('carries what it is about, within what Discord takes', () => {
  expect(aboutForm('1574981317735481345')).toMatchObject({ custom_id: 'tutti:about:1574981317735481345' });
  expect(sentForm('tutti:about:1574981317735481345')).toEqual({
    kind: 'about',
    message: '1574981317735481345',
  });
  const text = textForm('99', `a-command-with-a-name-${'x'.repeat(60)}`);
  expect(text).toMatchObject({ custom_id: 'tutti:text:99' });
  expect('title' in text && String(text.title).length).toBe(45);
  expect(sentForm('tutti:text:99')).toEqual({ kind: 'text', interaction: '99' });
});

it('knows no other form', () => {
  expect(sentForm('other')).toBeNull();
  expect(sentForm('tutti:about:x')).toBeNull();
});
