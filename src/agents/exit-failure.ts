import type { FailureReason, ProcessExit } from './provider.ts';

const longestWords = 300;

/**
 * What an ending means that no event explained: null for a clean exit of a run that `said` something. The last line on stderr is most
 * often the reason. Pure.
 */
export function exitFailure(
  exit: ProcessExit,
  said: boolean,
): { readonly reason: FailureReason; readonly message: string; readonly empty?: true } | null {
  if (exit.signal !== null) return crashed(`It was ended by ${exit.signal}`, exit.stderr);
  if (exit.code !== 0) return crashed(`It ended with exit code ${exit.code}`, exit.stderr);
  return said ? null : { ...crashed('It ended without an answer', exit.stderr), empty: true };
}

function crashed(what: string, stderr: string) {
  const words = stderr.trim().split('\n').at(-1)?.trim() ?? '';
  const message = words === '' ? what : `${what}: ${words.slice(0, longestWords)}`;
  return { reason: 'crashed', message } as const;
}
