import type { SearchResult } from '../agents/provider.ts';
import { messageOf } from '../errors.ts';
import { quote } from './find.ts';
import { openProject, type Project } from './project.ts';
import { readQuestion } from './question.ts';
import { rank } from './rank.ts';
import { type WeighedProject, weigh } from './routing.ts';
import { createAnalyzer } from './terms.ts';

/** All projects that were asked about, each opened once. */
export interface Projects {
  find(directory: string, question: string): Promise<SearchResult>;
  /** Null for a directory that cannot be searched. */
  findAll(directories: readonly string[], question: string): Promise<readonly (SearchResult | null)[]>;
  /** Starts a build where there is no index yet. */
  count(directory: string): number | null;
  files(directory: string, prefix: string, limit: number): Promise<readonly string[]>;
  close(): void;
}

/** Softens the odds: a project that is three times less likely is still worth more than a third. */
const CALM = 3;

/** The likeliest project keeps its confidence; the others have as much of it as their softened odds against it. */
function compare(
  found: readonly { readonly result: SearchResult }[],
  weighed: readonly WeighedProject[],
): readonly SearchResult[] {
  const best = Math.max(...weighed.map(({ score }) => score));
  const fit = found[weighed.findIndex(({ score }) => score === best)]?.result.confidence ?? 0;
  return found.map(({ result }, index) => ({
    ...result,
    confidence: fit * Math.exp(((weighed[index]?.score ?? best) - best) / CALM),
  }));
}

/** Keeps indexes in `search/` of the data directory. `complain` is told what cannot be searched while others can. */
export function createProjects(dataDirectory: string, complain: (message: string) => void): Projects {
  const analyzer = createAnalyzer();
  const open = new Map<string, Project>();
  const projectOf = (directory: string): Project => {
    const known = open.get(directory);
    if (known !== undefined) return known;
    const project = openProject(dataDirectory, directory, analyzer);
    open.set(directory, project);
    return project;
  };
  return {
    async find(directory, question) {
      const query = readQuestion(question, analyzer);
      return await projectOf(directory).use((opened) => quote(opened, query, rank(opened.corpus, query)));
    },
    async findAll(directories, question) {
      const query = readQuestion(question, analyzer);
      const found = await Promise.all(
        directories.map(async (directory) => {
          try {
            return await projectOf(directory).use((opened) => {
              const ranking = rank(opened.corpus, query);
              return { corpus: opened.corpus, ranking, result: quote(opened, query, ranking) };
            });
          } catch (error) {
            complain(`${directory} cannot be searched: ${messageOf(error)}`);
            return null;
          }
        }),
      );
      const searched = found.filter((one) => one !== null);
      const results = compare(searched, weigh(searched, query, analyzer));
      return found.map((one) => (one === null ? null : (results[searched.indexOf(one)] ?? null)));
    },
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
