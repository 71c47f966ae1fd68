import type { Gateway } from './gateway.ts';
import type { LimitOptions } from './limits.ts';
import type { PermissionName } from './permissions.ts';
import type { RouteName } from './routes.ts';
import type { Channel, Json, PostedMessage, StoredFile, World } from './world.ts';

/** What a test holds of the double: the people's side, what can be read, and the troubles. */

/** Discord on loopback: speaks gateway and REST to the real client, holds the documented limits, can be made to fail. */
export interface DiscordDouble {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** What the program needs in its environment: DISCORD_TOKEN and DISCORD_API_URL (which ends in `/api`). */
  readonly environment: Readonly<Record<'DISCORD_TOKEN' | 'DISCORD_API_URL', string>>;
  readonly world: World;
  readonly gateway: Gateway;
  /** Every REST call, in order. */
  readonly calls: readonly ApiCall[];
  /** Every interaction, in order. */
  readonly interactions: readonly Outcome[];
  /** When the bot showed that it types, and where. */
  readonly typings: readonly { readonly channel: string; readonly at: number }[];
  /** How many 429s were earned. */
  readonly rateLimited: number;

  /** A person writes into a channel, a thread or (channel `dm`) to the bot alone. Nobody acknowledges a message. */
  say(text: string, options?: SayOptions): PostedMessage;
  edit(message: PostedMessage, text: string): void;
  remove(message: PostedMessage): void;
  /** The platform adds a preview of a link: an update that is no edit. */
  unfurl(message: PostedMessage): void;
  react(message: PostedMessage, emoji: string, user?: string): void;
  /**
   * A slash command, `name`, `name sub` or `name group sub`, as registered: throws where the client would not offer it (not registered,
   * an option unknown, missing, or of another type). Resolves when it was acknowledged, or could not be any more.
   */
  command(path: string, values?: Readonly<Record<string, OptionValue>>, options?: ByOptions): Promise<Outcome>;
  /** The suggestions for an option while it is typed; null where none came in time. */
  complete(
    path: string,
    focused: string,
    typed: string,
    options?: ByOptions & { readonly values?: Readonly<Record<string, OptionValue>> },
  ): Promise<readonly Suggestion[] | null>;
  /** A command of a message's context menu. */
  menu(name: string, message: PostedMessage, user?: string): Promise<Outcome>;
  /** Presses the button with this custom id (or one that begins with it). */
  press(message: PostedMessage, customId: string, user?: string): Promise<Outcome>;
  /** Chooses in the select with this custom id (or one that begins with it). */
  select(message: PostedMessage, customId: string, values: readonly string[], user?: string): Promise<Outcome>;
  /** Sends the modal that an interaction was answered with. */
  submit(outcome: Outcome, values: Readonly<Record<string, string>>): Promise<Outcome>;
  /** A person opens a thread, or a post of a forum. */
  openThread(name: string, options?: ThreadOptions): Channel;
  archive(thread: string, options?: { readonly locked?: boolean }): void;
  unarchive(thread: string): void;
  removeThread(thread: string): void;

  /** What the bot and its webhooks posted in a channel, thread or (`dm:USER`) DM, in order; what only one person sees is left out. */
  posts(channel?: string): readonly PostedMessage[];
  /** What only one person saw, in order. */
  whispers(user?: string): readonly PostedMessage[];
  /** The threads of a channel, oldest first. */
  threads(channel?: string): readonly Channel[];
  /** The commands that are registered: those of the guild, or (null) the global ones. */
  commands(guild?: string | null): readonly Json[];
  /** Whom a message notified, by user id: by its mentions as they were allowed, and by a reply. */
  notified(message: PostedMessage): readonly string[];

  /** The connection is cut at the next calls: before anything is done, or after it was done and without the answer getting back. */
  fail(route: RouteName | '*', how: 'before' | 'after', times?: number): void;
  /** The next calls are answered with a 5xx, before anything is done or after it was. */
  break(route: RouteName | '*', how: 'before' | 'after', times?: number, status?: number): void;
  /** The next calls are answered late: done at once (`after`, when absent), or only then. */
  stall(route: RouteName | '*', ms: number, how?: 'before' | 'after', times?: number): void;
  /** The next calls are refused with an error of the platform, by its code; 0 is the 401 of a bad token. */
  refuse(route: RouteName | '*', code: number, times?: number): void;
  /** While it is on, nobody listens at the port: neither REST nor gateway. */
  outage(on: boolean): Promise<void>;
  /** The token is no longer valid: the gateway closes with 4004, REST answers 401. */
  revoke(): void;
  /** The 15 minutes of all interactions so far are over. */
  expireTokens(): void;
  /** The links to files that were given out so far do not work any more. */
  expireLinks(): void;
  /** Takes a permission from the bot, everywhere or in one channel (and its threads). */
  deny(permission: PermissionName, channel?: string): void;
  /** Gives it back. */
  allow(permission: PermissionName, channel?: string): void;
  /** Added to every REST answer. */
  latencyMs: number;
  stop(): Promise<void>;
}

export interface DoubleOptions {
  readonly token?: string;
  /** Whether the privileged intent is switched on for the application; true when absent. */
  readonly messageContent?: boolean;
  /** Permissions that the bot was not given. */
  readonly without?: readonly PermissionName[];
  /** Limits other than Discord's; `fast` takes almost everything and still sends the headers. */
  readonly limits?: 'fast' | LimitOptions;
  /** Within this an interaction has to be acknowledged; 3000 when absent. */
  readonly ackMs?: number;
  /** How long an interaction's token lives; 15 minutes when absent. */
  readonly tokenMs?: number;
  /** 41250 when absent. */
  readonly heartbeatMs?: number;
  /** After this an edit falls under the stricter limit of old messages; an hour when absent. */
  readonly oldMs?: number;
  /** How large a file may be; 10 MiB when absent. */
  readonly maxFileBytes?: number;
  /** Posts to the forum need a tag. */
  readonly requireTag?: boolean;
  /** Webhooks that other people made before, in the general channel. */
  readonly foreignWebhooks?: number;
}

export interface ByOptions {
  /** Alice when absent. */
  readonly user?: string;
  /** A channel or thread by id, or `dm`; the general channel when absent. */
  readonly channel?: string;
}

export interface SayOptions extends ByOptions {
  readonly files?: readonly StoredFile[];
  /** The message that this one answers. */
  readonly reply?: PostedMessage;
  /** A reply pings when absent. */
  readonly ping?: boolean;
}

export interface ThreadOptions extends ByOptions {
  /** The message that it hangs on. */
  readonly message?: PostedMessage;
  /** The first message: needed in a forum. */
  readonly text?: string;
  readonly files?: readonly StoredFile[];
  readonly tags?: readonly string[];
  readonly private?: boolean;
}

export type OptionValue = string | number | boolean | StoredFile;

export interface Suggestion {
  readonly name: string;
  readonly value: string | number;
}

/** An interaction, and what came of it; it goes on living after the acknowledgement. */
export interface Outcome {
  readonly id: string;
  readonly kind: 'command' | 'component' | 'autocomplete' | 'modal';
  readonly user: string;
  readonly channel: string;
  /** Null where nothing came in time. */
  readonly acknowledged: Acknowledged | null;
  /** What it was answered with, as it stands now; null where there is none. A deferred answer has `loading`. */
  readonly original: PostedMessage | null;
  readonly followUps: readonly PostedMessage[];
}

export interface Acknowledged {
  readonly kind: 'message' | 'deferred' | 'deferred-update' | 'update' | 'choices' | 'modal';
  readonly data: Json;
  /** Since the interaction was sent out. */
  readonly afterMs: number;
}

export interface ApiCall {
  readonly route: RouteName;
  readonly method: string;
  /** Without `/api/v10`. */
  readonly path: string;
  readonly body: Json;
  /** 0 where the connection was cut. */
  readonly status: number;
  /** The platform's error code; 0 where there is none. */
  readonly code: number;
  readonly at: number;
}
