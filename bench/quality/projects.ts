import { cpSync, mkdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Project, Roster } from './question.ts';

const checkout = join(import.meta.dirname, '..', '..');

/** Where a project's own files are: an installed package of the lock file, or a planted folder. */
export function sourceOf({ from }: Project): string {
  return 'package' in from
    ? join(checkout, 'node_modules', from.package)
    : join(import.meta.dirname, 'projects', from.planted);
}

/** Whether a file, relative to its project with `/`, belongs to what agents see. */
export function isLaidOut(project: Project, path: string): boolean {
  return !path.split('/').includes('node_modules') && !path.endsWith('.map') && project.without?.test(path) !== true;
}

/** Copies a roster's projects side by side into `directory/ROSTER/PROJECT`, which is also the single agent's view of them. */
export function layOut(roster: Roster, directory: string): string {
  const target = join(directory, roster.name);
  for (const project of roster.projects) {
    const source = sourceOf(project);
    mkdirSync(join(target, project.name), { recursive: true });
    cpSync(source, join(target, project.name), {
      recursive: true,
      filter: (from) => isLaidOut(project, relative(source, from).split(sep).join('/')),
    });
  }
  return target;
}
