/** What is known of a thread that a question opened. */
export interface ThreadFacts {
  /** `/follow`: messages without a mention may be taken. */
  readonly follow: boolean;
  /** People have been talking among themselves since Tutti last spoke here. */
  readonly amongPeople: boolean;
}

/** One message, as far as it decides whether it is meant for Tutti. */
export interface Heard {
  readonly direct: boolean;
  /** It is written as a command. */
  readonly command: boolean;
  readonly mentionsTutti: boolean;
  readonly mentionsAgent: boolean;
  readonly mentionsOthers: boolean;
  readonly mayRead: boolean;
  /** Null outside a thread that a question opened. */
  readonly thread: ThreadFacts | null;
}

/** `context`: heard in a thread of ours, not taken; `nothing`: not ours at all. */
export type Verdict = 'mention' | 'direct' | 'thread' | 'command' | 'context' | 'nothing';

/**
 * Whether a message is taken, and as what. With a mention of Tutti, and in direct messages, always; in a thread that a question opened
 * also commands, messages that mention an agent, and what people with `read` say while nobody but Tutti is being talked to.
 */
export function judge(heard: Heard): Verdict {
  const { thread } = heard;
  if (heard.mentionsTutti || heard.direct) return heard.command ? 'command' : heard.direct ? 'direct' : 'mention';
  if (thread === null) return 'nothing';
  if (heard.command) return heard.mayRead ? 'command' : 'context';
  if (heard.mentionsAgent && heard.mayRead) return 'mention';
  const isForTutti = heard.mayRead && thread.follow && !thread.amongPeople && !heard.mentionsOthers;
  return isForTutti ? 'thread' : 'context';
}
