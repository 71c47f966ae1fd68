/** What goes between the worker and the thread that started it. */

export type SearchCall =
  | { readonly call: 'find'; readonly directory: string; readonly question: string }
  | { readonly call: 'findAll'; readonly directories: readonly string[]; readonly question: string }
  | { readonly call: 'count'; readonly directory: string }
  | { readonly call: 'files'; readonly directory: string; readonly prefix: string; readonly limit: number }
  | { readonly call: 'close' };

export type SearchRequest = SearchCall & { readonly id: number };

export type SearchReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string }
  /** For the log; answers nothing. */
  | { readonly complaint: string };
