import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLaidOut, sourceOf } from '../../../bench/quality/projects.ts';
import type { GoldFile, Kind, Project, QualityQuestion, Roster, Trait } from '../../../bench/quality/question.ts';
import { rosters } from '../../../bench/quality/set.ts';

const all = rosters.flatMap((roster) => roster.questions.map((question) => ({ roster, question, id: question.id })));

function projectOf(roster: Roster, name: string): Project {
  const project = roster.projects.find((one) => one.name === name);
  if (project === undefined) throw new Error(`"${roster.name}" has no project "${name}".`);
  return project;
}

/** What agents see of a file; null where they do not see it. */
function textOf(roster: Roster, { project, path }: Pick<GoldFile, 'project' | 'path'>): string | null {
  const found = projectOf(roster, project);
  const file = join(sourceOf(found), path);
  return isLaidOut(found, path) && existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function filesOf(project: Project): readonly string[] {
  const source = sourceOf(project);
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (path) => isLaidOut(project, path) && statSync(join(source, path)).isFile(),
  );
}

function shareOf(kind: Kind): number {
  return all.filter(({ question }) => question.kind === kind).length / all.length;
}

function withTrait(trait: Trait): readonly QualityQuestion[] {
  return all.map(({ question }) => question).filter(({ traits }) => traits?.includes(trait) === true);
}

describe('the questions', () => {
  it('are at least sixty, each with an id of its own, over projects that are really there', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const roster of rosters) {
      for (const project of roster.projects) expect(filesOf(project), project.name).not.toHaveLength(0);
    }
  });

  it('ask how, where and why about as often as people do', () => {
    expect(shareOf('how')).toBeCloseTo(0.35, 1);
    expect(shareOf('where')).toBeCloseTo(0.3, 1);
    expect(shareOf('why')).toBeCloseTo(0.25, 1);
  });

  it('hold what makes answers hard: several projects, distractors, contradictions, parts that cannot be answered', () => {
    expect(withTrait('two-projects').length).toBeGreaterThanOrEqual(8);
    expect(withTrait('distractor').length).toBeGreaterThanOrEqual(8);
    expect(withTrait('contradiction').length).toBeGreaterThanOrEqual(4);
    expect(withTrait('unanswerable').length).toBeGreaterThanOrEqual(6);
    for (const question of withTrait('unanswerable')) expect(question.absent, question.id).toBeDefined();
    for (const question of withTrait('two-projects')) {
      expect(new Set(question.gold.map(({ project }) => project)).size, question.id).toBeGreaterThanOrEqual(2);
    }
  });
});

it('are counted in the page about them', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'bench', 'quality', 'README.md'), 'utf8');
  const projects = rosters.flatMap((roster) => roster.projects).length;
  expect(page).toContain(`${all.length} questions (`);
  expect(page).toContain(`over ${projects} projects`);
  expect(page).toContain(`${withTrait('two-projects').length} need two projects or more`);
  expect(page).toContain(`${withTrait('distractor').length} have a distractor`);
});

describe.each(all)('$id', ({ roster, question }) => {
  it('rests on files that exist, with the names that make them the right ones', () => {
    for (const gold of question.gold) {
      expect(textOf(roster, gold), `${gold.project}:${gold.path}`).toContain(gold.symbol);
    }
    for (const place of question.also ?? []) {
      const colon = place.indexOf(':');
      const file = { project: place.slice(0, colon), path: place.slice(colon + 1) };
      expect(textOf(roster, file), place).not.toBeNull();
    }
  });

  it('has facts that really stand in those files, and none that stands in what misleads', () => {
    const source = question.gold.map((gold) => `${gold.path}\n${textOf(roster, gold)}`).join('\n');
    for (const fact of question.facts) expect(source, String(fact)).toMatch(fact);
    for (const trap of question.traps ?? []) {
      expect(source, String(trap)).not.toMatch(trap);
      const elsewhere = roster.projects.some((project) =>
        filesOf(project).some((path) => trap.test(`${path}\n${readFileSync(join(sourceOf(project), path), 'utf8')}`)),
      );
      expect(elsewhere, `nothing misleads to ${trap}`).toBe(true);
    }
  });

  it('asks for nothing that stands somewhere after all', () => {
    const { absent } = question;
    if (question.facts.length === 0) expect(absent).toBeDefined();
    for (const name of absent?.projects ?? []) {
      const project = projectOf(roster, name);
      for (const path of filesOf(project)) {
        expect(readFileSync(join(sourceOf(project), path), 'utf8'), `${name}:${path}`).not.toMatch(
          absent?.pattern ?? /$^/,
        );
      }
    }
  });
});
