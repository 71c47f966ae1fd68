import { type Key, type KeyAction, keyAction } from './keys.ts';

export interface KeyListener {
  act(action: KeyAction): void;
  /** Text that was pasted, as a whole. */
  paste(text: string): void;
}

/** Tells single keys from pasted text, which the terminal marks at both ends. */
export function createKeyReader(listener: KeyListener): (typed: string | undefined, key: Key) => void {
  let pasted: string | null = null;
  return (typed, key) => {
    const action = keyAction(typed, key);
    if (action?.type === 'paste-start') {
      pasted = '';
    } else if (pasted === null) {
      if (action !== null) listener.act(action);
    } else if (action?.type === 'paste-end') {
      const text = pasted;
      pasted = null;
      listener.paste(text);
    } else {
      pasted += typed ?? '';
    }
  };
}
