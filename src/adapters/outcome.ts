/** What an error of a platform's call means for what was to be done. */
export type Outcome =
  /** Not done; may be tried again after the time. */
  | { readonly kind: 'limited'; readonly afterMs: number }
  /** Nobody knows whether it was done. */
  | { readonly kind: 'unsure'; readonly message: string }
  /** Never will be: the channel is gone, a permission is missing. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** The app itself may not speak any more. */
  | { readonly kind: 'signed-out'; readonly code: string };

/** Why it was not done, in a word for the log. */
export function reasonOf(outcome: Outcome): string {
  return 'message' in outcome ? outcome.message : outcome.kind;
}
