import type { DiscordDouble, DoubleOptions } from './handle.ts';

export type { ApiCall, DiscordDouble, DoubleOptions, Outcome } from './handle.ts';
export { ids } from './ids.ts';
export type { Channel, PostedMessage, StoredFile } from './world.ts';

/** Starts the double on a free port; stopped after the test. */
export async function startDiscord(options: DoubleOptions = {}): Promise<DiscordDouble> {
  throw new Error(`The double is not there yet (${Object.keys(options).join()}).`);
}
