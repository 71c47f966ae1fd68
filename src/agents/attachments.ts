import { readFile, stat } from 'node:fs/promises';
import type { Turn, TurnAttachment } from './provider.ts';

/** Model APIs refuse larger ones; they are still named, and a tool may look at them. */
const largestImage = 3_500_000;

/** The turn with the content of those attachments that the CLI takes within its input. Files that cannot be read stay as they are. */
export async function withImages(turn: Turn, types: readonly string[]): Promise<Turn> {
  if (!turn.attachments.some((attachment) => types.includes(attachment.type))) return turn;
  return { ...turn, attachments: await Promise.all(turn.attachments.map((attachment) => inline(attachment, types))) };
}

async function inline(attachment: TurnAttachment, types: readonly string[]): Promise<TurnAttachment> {
  if (!types.includes(attachment.type)) return attachment;
  try {
    if ((await stat(attachment.path)).size > largestImage) return attachment;
    return { ...attachment, data: await readFile(attachment.path, 'base64') };
  } catch {
    return attachment;
  }
}
