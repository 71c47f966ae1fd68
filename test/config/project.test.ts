import { describe, expect, it } from 'vitest';
import { describeProject } from '../../src/config/project.ts';
import { temporaryFiles } from '../support/files.ts';

describe('describeProject', () => {
  it('takes the description of the manifest', () => {
    const files = {
      'package.json': '{"description": "Billing for the shop"}',
      'README.md': '# Shop\n\nSomething else.\n',
    };
    expect(describeProject(temporaryFiles(files))).toBe('Billing for the shop');
  });

  it('takes the first line of prose of the README where the manifest says nothing', () => {
    const readme = [
      '<p align="center"><img src="logo.png"></p>',
      '# Shop',
      '',
      '[![build](https://x.example/b.svg)](https://x.example)',
      '![logo](logo.png)',
      '> **Note** this is old',
      '',
      'The **shop** of [Example](https://example.com), with `billing`.',
      'More.',
    ].join('\n');
    expect(describeProject(temporaryFiles({ 'package.json': '{"description": " "}', 'README.md': readme }))).toBe(
      'The shop of Example, with billing.',
    );
  });

  it('cleans what strangers wrote, and keeps it on one short line', () => {
    const description = `\x1b]0;owned\x07One\nline \u202e${'and many words '.repeat(40)}`;
    const found = describeProject(temporaryFiles({ 'package.json': JSON.stringify({ description }) }));
    expect(found).toMatch(/^One line and many words .* …$/);
    expect(found.length).toBeLessThanOrEqual(122);
  });

  it.each<[string, Record<string, string>]>([
    ['an empty directory', {}],
    ['a manifest that is no JSON', { 'package.json': '{' }],
    ['a manifest that is something else', { 'package.json': '[1]' }],
    ['a description that is no text', { 'package.json': '{"description": {"a": 1}}' }],
    ['a README of pictures only', { 'README.md': '![a](b.png)\n# Title\n' }],
    ['a README that is a directory', { 'README.md/': '' }],
  ])('says nothing about %s', (_what, files) => {
    expect(describeProject(temporaryFiles(files))).toBe('');
  });

  it('reads only the beginning of a huge README', () => {
    expect(describeProject(temporaryFiles({ 'README.md': `A project of size.\n${'x'.repeat(5_000_000)}` }))).toBe(
      'A project of size.',
    );
  });
});
