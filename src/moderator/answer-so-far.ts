/**
 * What can be read already of the answer in a decision that is still being written, or null while that is nothing. Only for
 * showing: the decision itself is read when it is complete.
 */
export function answerSoFar(text: string): string | null {
  if (!/"next"\s*:\s*"answer"/.test(text)) return null;
  const start = /"markdown"\s*:\s*"/.exec(text);
  if (start === null) return null;
  const rest = text.slice(start.index + start[0].length);
  const [written = ''] = /^(?:[^"\\]|\\(?:u[0-9a-fA-F]{4}|[^u]))*/.exec(rest) ?? [];
  try {
    const answer: unknown = JSON.parse(`"${written.replaceAll('\n', '\\n')}"`);
    return typeof answer === 'string' && answer !== '' ? answer : null;
  } catch {
    return null;
  }
}
