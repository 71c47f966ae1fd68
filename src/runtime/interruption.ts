/** Why running work was aborted, as the reason of its signal. */
export type Interruption =
  /** A person stopped it: the turn settles as `stopped`. */
  | { readonly kind: 'stop'; readonly by: string }
  /** The program ends: the turn is left as it is for the next start. */
  | { readonly kind: 'shutdown' };

/** The interruption behind an aborted signal; null while it is not aborted. */
export function interruptionOf(signal: AbortSignal): Interruption | null {
  if (!signal.aborted) return null;
  const reason: unknown = signal.reason;
  return isInterruption(reason) ? reason : { kind: 'shutdown' };
}

function isInterruption(reason: unknown): reason is Interruption {
  return (
    typeof reason === 'object' &&
    reason !== null &&
    'kind' in reason &&
    (reason.kind === 'stop' || reason.kind === 'shutdown')
  );
}
