import { clean } from '../../clean.ts';
import { isObject } from './json.ts';
import type { Style } from './style.ts';

/** What a line of the log says, without everything around it that is only for programs. */
export function logText(line: string, style: Style): string {
  return `${style.yellow(`  log: ${clean(messageIn(line)).trim()}`)}\n\n`;
}

function messageIn(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    return isObject(entry) && typeof entry.msg === 'string' ? entry.msg : line;
  } catch {
    return line;
  }
}
