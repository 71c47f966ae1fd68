import { type JsonObject, stringOf } from './json.ts';

/** In the order in which they say most; the CLIs name their inputs alike. */
const telling = [
  ...['file_path', 'filePath', 'notebook_path', 'absolute_path', 'command', 'cmd', 'pattern', 'path', 'url'],
  ...['query', 'description', 'prompt'],
];

/** What a person wants to see of a tool's input, in one line of at most 200 characters; null where nothing tells. */
export function toolDetail(input: JsonObject | null): string | null {
  const found = telling.map((key) => stringOf(input?.[key])).find((value) => value !== null && value !== '');
  return found === undefined || found === null ? null : (found.split('\n')[0] ?? '').slice(0, 200);
}
