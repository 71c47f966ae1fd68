import { describe, expect, it } from 'vitest';
import { rolesOf } from '../../src/search/definitions.ts';

const names = (language: Parameters<typeof rolesOf>[1], ...lines: string[]) =>
  rolesOf(lines, language).flatMap((role) => role.defines);

describe('rolesOf', () => {
  it.each([
    ['export async function load() {', 'load'],
    ['  async handle(request) {', 'handle'],
    ['  #drain() {', 'drain'],
    ['exports.parse = function (text) {', 'parse'],
    ['Layer.prototype.match = function match(path) {', 'match'],
    ['app.use = function use(fn) {', 'use'],
    ['export interface Options {', 'Options'],
    ['const retry = async () => {', 'retry'],
  ])('finds the name in %s', (line, name) => {
    expect(names('javascript', line)).toEqual([name]);
  });

  it.each(['  return wait(1);', '  if (a) {', '  foo(bar);', "import { a } from './a.js';"])(
    'finds none in %s',
    (line) => {
      expect(names('javascript', line)).toEqual([]);
    },
  );

  it('takes names inside comments for prose', () => {
    const roles = rolesOf(['/*', ' function old() {', '*/', 'function live() {'], 'javascript');
    expect(roles.map((role) => role.prose)).toEqual([true, true, true, false]);
    expect(roles.flatMap((role) => role.defines)).toEqual(['live']);
  });

  it('follows a docstring to its end', () => {
    const roles = rolesOf(['def a():', '    """One.', '    def no(): two', '    """', '    return 1'], 'python');
    expect(roles.map((role) => role.prose)).toEqual([false, true, true, true, false]);
    expect(roles.flatMap((role) => role.defines)).toEqual(['a']);
  });

  it('reads underlined headings, and none in fences', () => {
    const roles = rolesOf(['Retries', '=======', '', '```', '# shell', '```', '### Waiting ###'], 'markdown');
    expect(roles.flatMap((role) => role.heading ?? [])).toEqual(['Retries', 'Waiting']);
  });
});
