/** The ids of the double's small world. An application and its bot user share one id; `@everyone` has the guild's. */
export const ids = {
  application: '1100000000000000001',
  bot: '1100000000000000001',
  guild: '1100000000000000100',
  everyone: '1100000000000000100',
  /** The role that the bot got when it was added; holds all that was asked for. */
  botRole: '1100000000000000110',
  engineers: '1100000000000000111',
  admins: '1100000000000000112',
  general: '1100000000000000201',
  random: '1100000000000000202',
  /** Seen by administrators, the engineers and the bot only. */
  secret: '1100000000000000203',
  /** A text channel that the bot may not see. */
  outside: '1100000000000000204',
  forum: '1100000000000000205',
  announcements: '1100000000000000206',
  tagRunning: '1100000000000000301',
  tagDone: '1100000000000000302',
  tagFailed: '1100000000000000303',
  /** An engineer. */
  alice: '1100000000000000401',
  /** An administrator, and the owner. */
  bob: '1100000000000000402',
  /** A member with no role. */
  carol: '1100000000000000403',
  /** A member with no role whom nobody gives a right. */
  mallory: '1100000000000000404',
} as const;
