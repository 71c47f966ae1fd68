/** The limits on traffic, with the headers that tell them. */
export interface Limit {
  readonly count: number;
  readonly perMs: number;
}

export interface LimitOptions {
  /** Messages into a channel; 5 in 5 s when absent. */
  readonly create?: Limit;
  /** Edits in a channel; 5 in 5 s when absent. */
  readonly edit?: Limit;
  /** Edits of old messages in a channel; 3 in 20 s when absent. */
  readonly oldEdit?: Limit;
  /** Calls of one webhook; 5 in 2 s when absent. */
  readonly webhook?: Limit;
  /** New names for a channel or thread, which no header tells; 2 in 10 minutes when absent. */
  readonly rename?: Limit;
  /** All calls of the bot; 50 in 1 s when absent. */
  readonly global?: Limit;
}
