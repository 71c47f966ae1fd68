/** CSI, OSC, DCS and their kin, in the 7-bit and the 8-bit form. A payload ends before any control character, so this stays linear. */
const sequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]/g;
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that cannot move a cursor, set a title or a clipboard, or reorder what is read: without escape sequences, control characters
 * (tab and newline stay, a carriage return before a newline goes) and bidi controls. For everything that models, repositories or
 * people wrote, before any surface, log or export.
 */
export function clean(text: string): string {
  return text.replace(sequences, '').replace(controls, '');
}
