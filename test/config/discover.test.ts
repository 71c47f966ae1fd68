import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discoverProjects } from '../../src/config/discover.ts';
import { temporaryFiles } from '../support/files.ts';

function found(directory: string, root: string): readonly (readonly [string, string])[] {
  return discoverProjects(directory).map((project) => [project.name, project.directory.slice(root.length + 1)]);
}

describe('discoverProjects', () => {
  it('finds the project here and those beside it', () => {
    const root = temporaryFiles({
      'work/api/package.json': '{"description":"The API"}',
      'work/api/src/index.js': '',
      'work/api/packages/part/package.json': '{}',
      'work/web/.git/': '',
      'work/tool/go.mod': '',
      'work/app/App.csproj': '',
      'work/notes/todo.txt': '',
      'work/.hidden/package.json': '{}',
      'work/node_modules/package.json': '{}',
    });
    expect(found(join(root, 'work/api'), root)).toEqual([
      ['api', 'work/api'],
      ['app', 'work/app'],
      ['tool', 'work/tool'],
      ['web', 'work/web'],
    ]);
    expect(discoverProjects(join(root, 'work/api'))[0]?.description).toBe('The API');
  });

  it('finds the projects below a directory that is none itself, and looks into none of them', () => {
    const root = temporaryFiles({
      'work/api/Cargo.toml': '',
      'work/api/inner/Cargo.toml': '',
      'work/teams/web/pyproject.toml': '',
      'work/too/deep/down/package.json': '{}',
      'other/package.json': '{}',
    });
    expect(found(join(root, 'work'), root)).toEqual([
      ['api', 'work/api'],
      ['web', 'work/teams/web'],
    ]);
  });

  it('finds the projects beside a directory that holds nothing', () => {
    const root = temporaryFiles({ 'all/chat/': '', 'all/api/package.json': '{}', 'all/web/package.json': '{}' });
    expect(found(join(root, 'all/chat'), root)).toEqual([
      ['api', 'all/api'],
      ['web', 'all/web'],
    ]);
  });

  it('takes the directory itself where there is nothing else', () => {
    const root = temporaryFiles({ 'alone/place/notes.txt': '' });
    expect(found(join(root, 'alone/place'), root)).toEqual([['place', 'alone/place']]);
  });

  it('finds repositories inside the project', () => {
    const root = temporaryFiles({
      'all/main/package.json': '{}',
      'all/main/lib/package.json': '{}',
      'all/main/other/.git/': '',
    });
    expect(found(join(root, 'all/main'), root)).toEqual([
      ['main', 'all/main'],
      ['other', 'all/main/other'],
    ]);
  });

  it('takes no worktree for a project, and follows no links', () => {
    const root = temporaryFiles({
      'all/api/.git/': '',
      'all/api-feature/.git': 'gitdir: /projects/all/api/.git/worktrees/api-feature\n',
      'all/submodule/.git': 'gitdir: ../.git/modules/submodule\n',
    });
    symlinkSync(join(root, 'all/api'), join(root, 'all/link'));
    expect(found(join(root, 'all'), root)).toEqual([
      ['api', 'all/api'],
      ['submodule', 'all/submodule'],
    ]);
  });

  it('gives every project a name that it can be addressed by', () => {
    const names = ['all', 'my api', 'a/web', 'b/web', 'c/Web', `x${'y'.repeat(40)}`, '日本', '(..)', '\u202eevil'];
    const root = temporaryFiles(Object.fromEntries(names.map((name) => [`in/${name}/package.json`, '{}'])));
    const named = discoverProjects(join(root, 'in')).map(({ name }) => name);
    expect(named.toSorted()).toEqual(
      ['all-project', 'my-api', 'web', 'b-web', 'c-Web', `x${'y'.repeat(31)}`, '日本', 'project', 'evil'].toSorted(),
    );
  });

  it('stops at twenty', () => {
    const files = Array.from({ length: 30 }, (_, index) => [`in/p${index}/package.json`, '{}']);
    expect(discoverProjects(join(temporaryFiles(Object.fromEntries(files)), 'in'))).toHaveLength(20);
  });
});
