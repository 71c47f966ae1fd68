import core from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { type Span, type Style, span } from './spans.ts';

const languages = {
  ...{ bash, c, cpp, csharp, css, diff, go, ini, java, javascript, json, kotlin, php, python, ruby, rust, sql },
  ...{ swift, typescript, xml, yaml },
};
const highlighter = core.newInstance();
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);

/** What the library calls a piece of code, without what it adds behind a point or an underscore, and how that is shown. */
const styles: Readonly<Record<string, Style | null>> = {
  keyword: 'keyword',
  literal: 'keyword',
  string: 'string',
  regexp: 'string',
  addition: 'string',
  number: 'number',
  comment: 'comment',
  quote: 'comment',
  deletion: 'removed',
  attr: 'code',
  attribute: 'code',
  built_in: 'code',
  name: 'code',
  section: 'code',
  selector: 'code',
  subst: null,
  title: 'code',
  type: 'code',
};

/** The library's output: nothing but elements around pieces, and text. */
const pieces = /<span class="([^"]*)">|(<\/span>)|([^<]+)/gu;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** Nobody writes such lines, and the library's time grows with their square. */
const tooLong = /[^\n]{250}/u;

/**
 * Code as spans in the styles of its keywords, strings, comments and numbers, with exactly its characters; null for a language that is
 * not known, by any of its usual names, and for code that nobody wrote by hand. Loading this takes some 50 ms: for the first block of code.
 */
export function highlight(code: string, language: string): readonly Span[] | null {
  if (highlighter.getLanguage(language) === undefined || tooLong.test(code)) return null;
  const { value } = highlighter.highlight(code, { language, ignoreIllegals: true });
  const open: (Style | null)[] = [];
  const spans: Span[] = [];
  for (const [, name, end, text] of value.matchAll(pieces)) {
    if (end !== undefined) open.pop();
    else if (name !== undefined) open.push(styleOf(name, open.at(-1) ?? null));
    else spans.push({ ...span(unescaped(text ?? '')), styles: open.slice(-1).filter((style) => style !== null) });
  }
  return spans;
}

function styleOf(classes: string, around: Style | null): Style | null {
  const [name = ''] = /(?<=^hljs-)(?:built_in|[a-z]+)/u.exec(classes) ?? [];
  const style = styles[name];
  return style === undefined ? around : style;
}

function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => entities[entity] ?? entity);
}
