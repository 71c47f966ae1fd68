import { join } from 'node:path';
import type { SearchResult } from '../agents/provider.ts';
import { openProject, type Project } from './project.ts';
import { createAnalyzer } from './terms.ts';

/** All projects that were asked about, each opened once. */
export interface Projects {
  find(directory: string, question: string): Promise<SearchResult>;
  findAll(directories: readonly string[], question: string): Promise<readonly SearchResult[]>;
  /** Starts a build where there is no index yet. */
  count(directory: string): number | null;
  files(directory: string, prefix: string, limit: number): Promise<readonly string[]>;
  close(): void;
}

/** Keeps indexes in `search/` of the data directory. */
export function createProjects(dataDirectory: string): Projects {
  const analyzer = createAnalyzer();
  const open = new Map<string, Project>();
  const projectOf = (directory: string): Project => {
    const known = open.get(directory);
    if (known !== undefined) return known;
    const project = openProject(join(dataDirectory, 'search'), directory, analyzer);
    open.set(directory, project);
    return project;
  };
  return {
    find: async (directory, question) => await projectOf(directory).find(question),
    findAll: async (directories, question) =>
      await Promise.all(directories.map(async (directory) => await projectOf(directory).find(question))),
    count(directory) {
      const project = projectOf(directory);
      const count = project.count();
      // The first question should not have to wait for what can be done now; if it fails, that question says so.
      project.refresh().catch(() => undefined);
      return count;
    },
    files: async (directory, prefix, limit) => await projectOf(directory).files(prefix, limit),
    close() {
      for (const project of open.values()) project.close();
      open.clear();
    },
  };
}
