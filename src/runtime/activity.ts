import type { ProviderEvent } from '../agents/provider.ts';

/** What an agent is doing, in a few words for a status line; null where an event says nothing about that. */
export function activityOf(event: ProviderEvent): string | null {
  switch (event.type) {
    case 'tool':
      if (event.phase === 'end') return null;
      return event.detail === undefined ? event.name : `${event.name}: ${oneLine(event.detail)}`;
    case 'text':
      return 'writing';
    case 'retry':
      return `retrying (${event.attempt}${event.maxAttempts === null ? '' : ` of ${event.maxAttempts}`}): ${oneLine(event.message)}`;
    case 'source':
      return `reading ${event.path}`;
    default:
      return null;
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
