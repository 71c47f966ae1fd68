import { describe, expect, it } from 'vitest';
import { type Desk, newDesk, openTab, showTab } from '../../../src/adapters/terminal/desk.ts';
import type { Menu } from '../../../src/adapters/terminal/menu.ts';
import { createTypingDesk } from '../../../src/adapters/terminal/typing-desk.ts';

function typingDesk(lookUp: (text: string) => Promise<Menu | null | undefined> = async () => null) {
  let desk: Desk = newDesk('terminal:a');
  const sent: string[] = [];
  const conversations = {
    get desk() {
      return desk;
    },
    change(update: (desk: Desk) => Desk) {
      desk = update(desk);
    },
  };
  const typing = createTypingDesk({ conversations, suggestions: { lookUp }, submit: (text) => sent.push(text) });
  const insert = (text: string) => typing.key({ type: 'edit', edit: { type: 'insert', text } });
  const line = () => desk.tabs[desk.current]?.editing.text;
  return { typing, insert, line, sent, conversations };
}

describe('the line being typed', () => {
  it('is sent without blanks around it, and remembered', () => {
    const { typing, insert, line, sent } = typingDesk();
    insert(' why? ');
    typing.key({ type: 'submit' });
    expect([sent, line()]).toEqual([['why?'], '']);
    typing.key({ type: 'up' });
    expect(line()).toBe('why?');
  });

  it('belongs to its tab', () => {
    const { insert, line, conversations } = typingDesk();
    insert('for a');
    conversations.change((desk) => openTab(desk, 'terminal:b'));
    expect(line()).toBe('');
    conversations.change((desk) => showTab(desk, 0));
    expect(line()).toBe('for a');
  });

  it('takes pasted text with its lines, but no escape sequences', () => {
    const { typing, line } = typingDesk();
    typing.paste('one\r\ntwo\x1b[2J');
    expect(line()).toBe('one\ntwo');
  });

  it('completes with a Tab that came before the choices were known', async () => {
    const menu = { from: 1, prefix: 'hi', choices: [{ value: 'history', summary: '' }], picked: null };
    const { typing, insert, line } = typingDesk(async (text) => (text === '/hi' ? menu : null));
    insert('/hi');
    typing.key({ type: 'complete', backward: false });
    await new Promise((resolve) => setImmediate(resolve));
    expect(line()).toBe('/history ');
  });

  it('offers nothing for a text that has changed meanwhile', async () => {
    const slow = Promise.withResolvers<Menu | null>();
    const menu = { from: 0, prefix: '', choices: [{ value: 'x', summary: '' }], picked: null };
    const { typing, insert } = typingDesk((text) => (text === '@' ? slow.promise : Promise.resolve(null)));
    insert('@');
    typing.key({ type: 'edit', edit: { type: 'delete', what: 'left' } });
    insert('x');
    slow.resolve(menu);
    await new Promise((resolve) => setImmediate(resolve));
    expect(typing.menu).toBeNull();
  });

  it('knows lines of former sessions', () => {
    const { typing, line } = typingDesk();
    typing.recall(['from yesterday']);
    typing.key({ type: 'up' });
    expect(line()).toBe('from yesterday');
    typing.clear();
    expect(line()).toBe('');
    typing.key({ type: 'search' });
    typing.key({ type: 'edit', edit: { type: 'insert', text: 'early' } });
    typing.recall(['an early line']);
    expect(line()).toBe('an early line');
  });
});
