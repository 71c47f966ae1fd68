/** Which answer a request gets: chosen by the last user text that carries a marker, because the CLIs add user texts of their own. */
import type { ModelRequest, Said } from './request.ts';
import type { ToolWish } from './tools.ts';

export type ModelReply =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool'; readonly wish: ToolWish }
  /** A beginning, then nothing more while the connection stays open. */
  | { readonly type: 'hang' }
  /** A beginning, then the connection is cut. */
  | { readonly type: 'cut' }
  | { readonly type: 'error'; readonly error: 'key' | 'rate' | 'server' | 'context' | 'quota' };

/** `CASE:read notes.txt` in a prompt asks for one of these. A reply after a tool's result reports the result. */
const cases: Record<string, (rest: string, request: ModelRequest) => ModelReply> = {
  say: (rest) => ({ type: 'text', text: rest }),
  history: (_rest, request) => ({ type: 'text', text: `PROMPTS ${request.said.filter(carriesMarker).length}` }),
  tools: (_rest, request) => ({ type: 'text', text: `TOOLS ${[...request.tools].sort().join(',')}` }),
  images: (_rest, request) => ({ type: 'text', text: `IMAGES ${request.images}` }),
  read: (rest) => ({ type: 'tool', wish: { does: 'read', path: rest } }),
  write: (rest) => ({ type: 'tool', wish: { does: 'write', path: rest, content: 'written by tool' } }),
  shell: (rest) => ({ type: 'tool', wish: { does: 'shell', command: rest } }),
  call: (rest) => {
    const [name = '', ...args] = rest.split(' ');
    return { type: 'tool', wish: { does: 'call', name, args: JSON.parse(args.join(' ')) } };
  },
  hang: () => ({ type: 'hang' }),
  cut: () => ({ type: 'cut' }),
  '401': () => ({ type: 'error', error: 'key' }),
  '429': () => ({ type: 'error', error: 'rate' }),
  '500': () => ({ type: 'error', error: 'server' }),
  context: () => ({ type: 'error', error: 'context' }),
  quota: () => ({ type: 'error', error: 'quota' }),
};

const marker = /CASE:(\w+)(?: ([^\n]*))?/;

/** What stands before it in our own prompts is context, which may hold the markers of earlier questions. */
const heading = '\n\nRequest:\n';

/** The reply to a request by its marker; without one, one short text. */
export function replyByMarker(request: ModelRequest): ModelReply {
  const asked = request.said.findLastIndex(carriesMarker);
  const match = marker.exec(request.said[asked]?.text.split(heading).at(-1) ?? '');
  if (match === null) return { type: 'text', text: 'Hello from the loopback model.' };
  const result = request.said.slice(asked + 1).findLast((one) => one.role === 'tool');
  if (result !== undefined) return { type: 'text', text: `The tool said: ${result.text.slice(0, 400)}` };
  return cases[match[1] ?? '']?.((match[2] ?? '').trim(), request) ?? { type: 'text', text: `No case ${match[1]}.` };
}

function carriesMarker(one: Said): boolean {
  return one.role === 'user' && marker.test(one.text);
}
