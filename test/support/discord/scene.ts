import { createHmac, randomUUID } from 'node:crypto';
import type { GatewayServer } from './gateway.ts';
import type { InteractionStore } from './interactions.ts';
import type { Registry } from './registry.ts';
import { shownMessage } from './shown-message.ts';
import type { Json, KeptFile, PostedMessage, StoredFile, World } from './world.ts';

/** What the parts of the double share. */
export interface Scene {
  readonly world: World;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly gateway: GatewayServer;
  readonly registry: Registry;
  readonly interactions: InteractionStore;
  readonly links: Links;
  readonly typings: { readonly channel: string; readonly at: number }[];
  /** Whether the application may read what people write. */
  readonly messageContent: boolean;
  readonly maxFileBytes: number;
  readonly oldMs: number;
}

/** Signed links to files, which expire. */
export interface Links {
  link(file: KeptFile, channel: string): string;
  /** The file that a link leads to; null where the link is wrong or old. */
  open(url: URL): KeptFile | null;
  expire(): void;
}

const linkMs = 24 * 60 * 60 * 1000;

export function createLinks(world: World, urlOf: () => string): Links {
  const secret = randomUUID();
  let generation = 0;
  const sign = (path: string, expires: string, since: string) =>
    createHmac('sha256', secret).update(`${generation}:${path}:${expires}:${since}`).digest('hex');
  return {
    link(file, channel) {
      const path = `/attachments/${channel}/${file.id}/${encodeURIComponent(file.name)}`;
      const since = Math.floor(Date.now() / 1000).toString(16);
      const expires = Math.floor((Date.now() + linkMs) / 1000).toString(16);
      return `${urlOf()}${path}?ex=${expires}&is=${since}&hm=${sign(path, expires, since)}&`;
    },
    open(url) {
      const { searchParams: given, pathname } = url;
      const [expires, since] = [given.get('ex') ?? '', given.get('is') ?? ''];
      const isFresh = Number.parseInt(expires, 16) * 1000 > Date.now();
      if (!isFresh || given.get('hm') !== sign(pathname, expires, since)) return null;
      return world.files.get(pathname.split('/')[3] ?? '') ?? null;
    },
    expire() {
      generation += 1;
    },
  };
}

export function keepFiles(scene: Pick<Scene, 'world'>, files: readonly StoredFile[]): readonly KeptFile[] {
  return files.map((file) => {
    const kept = { ...file, id: scene.world.snowflake() };
    scene.world.files.set(kept.id, kept);
    return kept;
  });
}

/** A message as REST tells it to the bot. */
export function told(scene: Scene, message: PostedMessage, withContent = scene.messageContent): Json {
  return shownMessage(message, scene.world, { link: scene.links.link, content: withContent });
}
