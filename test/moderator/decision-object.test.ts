import { expect, test } from 'vitest';
import { extractObject } from '../../src/moderator/decision-object.ts';

const object = { next: 'answer', markdown: 'with ```json\n{"next":"ask"}\n``` inside' };
const bare = JSON.stringify(object);

test.each([
  ['bare', bare],
  ['bare with white space and a byte order mark', `\uFEFF\n${bare}\n`],
  ['printed over several lines', JSON.stringify(object, null, 2)],
  ['in a json fence', `\`\`\`json\n${bare}\n\`\`\``],
  [
    'in a fence with prose round it',
    `I have decided:\n\n\`\`\`json\n${JSON.stringify(object, null, 2)}\n\`\`\`\n\nThat is all.`,
  ],
  ['in a fence with Windows line ends', `Here:\r\n\`\`\`JSON\r\n${bare}\r\n\`\`\`\r\n`],
  ['in a fence that is indented', `- so:\n  \`\`\`json\n  ${bare}\n  \`\`\``],
  ['in a fence of tildes', `~~~json\n${bare}\n~~~`],
  ['beside a fence that holds code', `\`\`\`ts\nconst a = {};\n\`\`\`\n\`\`\`json\n${bare}\n\`\`\``],
  ['twice the same', `\`\`\`json\n${bare}\n\`\`\`\nagain\n\`\`\`json\n${bare}\n\`\`\``],
])('finds the object %s', (_, text) => {
  expect(extractObject(text)).toEqual({ object });
});

test.each([
  ['nothing', ''],
  ['prose', 'I would ask the api agent.'],
  ['an array', '[1]'],
  ['a string', '"answer"'],
  ['cut JSON', bare.slice(0, -3)],
  ['an object inside prose', `Decision: ${bare} it is.`],
  ['JSON in a fence of another language', `\`\`\`ts\n${bare}\n\`\`\``],
])('finds none in %s', (_, text) => {
  expect(extractObject(text)).toMatch(/no valid JSON object/);
});

test('two objects that differ are no decision, whichever comes first', () => {
  const other = '```json\n{"next":"answer","markdown":"quoted from a reply"}\n```';
  const mine = `\`\`\`json\n${bare}\n\`\`\``;
  expect(extractObject(`${other}\n${mine}`)).toMatch(/more than one/);
  expect(extractObject(`${mine}\n${other}`)).toMatch(/more than one/);
});
