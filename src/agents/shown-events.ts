import { clean } from '../clean.ts';
import type { Mask, StreamMask } from '../mask.ts';
import type { ProviderEvent } from './provider.ts';

/** Hands events on as they may be shown: without control characters and known secrets, also where one is split over pieces of text. */
export function showEvents(mask: Mask, stream: StreamMask, show: (event: ProviderEvent) => void) {
  const shown = (text: string) => mask(clean(text));
  function text(piece: string): void {
    if (piece !== '') show({ type: 'text', text: piece });
  }
  return {
    see(event: ProviderEvent): void {
      switch (event.type) {
        case 'text':
          text(stream.push(clean(event.text)));
          break;
        case 'answer':
        case 'late':
          show({ ...event, text: shown(event.text) });
          break;
        case 'tool':
          show({
            ...event,
            name: shown(event.name),
            ...(event.detail === undefined ? {} : { detail: shown(event.detail) }),
          });
          break;
        case 'retry':
        case 'notice':
        case 'failure':
          show({ ...event, message: shown(event.message) });
          break;
        case 'source':
          show({ ...event, path: shown(event.path), excerpt: shown(event.excerpt) });
          break;
        case 'session':
        case 'usage':
          show(event);
          break;
      }
    },
    end: () => text(stream.end()),
  };
}
