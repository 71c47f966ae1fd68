import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where what people attach to messages is kept, below the data directory. */
export function attachmentsIn(dataDir: string): string {
  return join(dataDir, 'attachments');
}

/** Removes what people attached to messages before the time: one directory for each message. Files that cannot be looked at stay. */
export function pruneAttachments(directory: string, before: Date): void {
  for (const name of namesIn(directory)) {
    const path = join(directory, name);
    try {
      if (statSync(path).mtimeMs < before.getTime()) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process may be removing it.
    }
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
