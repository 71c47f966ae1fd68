import type { Roster } from './question.ts';
import { chat } from './set/chat.ts';
import { node } from './set/node.ts';
import { shop } from './set/shop.ts';
import { text } from './set/text.ts';

/** The questions with the projects that they are asked of. */
export const rosters: readonly Roster[] = [chat, node, text, shop];
