import type { Language } from './kinds.ts';

/** Where names are defined and where people explain themselves, by plain rules per family of languages. Pure. */

/** What one line of a file is. */
export interface LineRole {
  /** Names that this line defines. */
  readonly defines: readonly string[];
  /** A comment, a docstring, a heading or prose. */
  readonly prose: boolean;
  /** A heading of a document: its text. */
  readonly heading: string | null;
  readonly blank: boolean;
  readonly indent: number;
}

const NOT_A_NAME = new Set(
  (
    'if for while switch catch function return else do try with await yield typeof new delete throw case super import export async ' +
    'static get set public private protected readonly abstract override const let var default in of and or not'
  ).split(' '),
);

const JAVASCRIPT: readonly RegExp[] = [
  /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/,
  /^\s*(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:abstract\s+)?(?:class|interface|type|enum|namespace|module)\s+([\w$]+)/,
  /^\s*(?:export\s+)?(?:declare\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function|class|\(|[\w$]+\s*=>|require\(|new\s|Object\.|\{|\[)/,
  /^(?:export\s+)?(?:const|let|var)\s+([\w$]+)/,
  /^\s*(?:(?:public|private|protected|static|async|readonly|override|abstract|get|set|declare)\s+|\*\s*|#)*(?:get\s+|set\s+)?([\w$]+)\s*(?:<[^>]*>)?\([^;]*\)\s*(?::\s*[^={]+)?\{\s*$/,
  /^\s*(?:[\w$]+\.)*(?:prototype|exports|module\.exports)\.([\w$]+)\s*=/,
  /^[\w$]+(?:\.[\w$]+)*\.([\w$]+)\s*=\s*(?:async\s*)?(?:function|\(|class)/,
  /^\s*['"]?([\w$]+)['"]?\s*:\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*=>)/,
];
const PYTHON: readonly RegExp[] = [
  /^\s*(?:async\s+)?def\s+(\w+)/,
  /^\s*class\s+(\w+)/,
  /^([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/,
];
const GO: readonly RegExp[] = [
  /^func\s+(?:\([^)]*\)\s*)?(\w+)/,
  /^type\s+(\w+)/,
  /^(?:var|const)\s+(\w+)/,
  /^\t(\w+)\s+(?:[\w.*[\]]+\s*)?=\s/,
  /^\t(\w+)\s+func\(/,
];
const RUBY: readonly RegExp[] = [
  /^\s*(?:def|class|module|defmodule|defp|defmacro)\s+(?:self\.)?([\w.:?!]+)/,
  /^\s*([A-Z]\w+)\s*=\s/,
];
const SHELL: readonly RegExp[] = [
  /^\s*(?:function\s+)?([\w-]+)\s*\(\)\s*\{?/,
  /^\s*(?:sub|function)\s+([\w-]+)/,
  /^([\w.-]+)\s*:(?!=)/,
];
const CLIKE: readonly RegExp[] = [
  /^\s*(?:[\w()<>\s]*\s)?(?:fn|func|fun|class|struct|enum|trait|impl|interface|record|object|protocol|union|mod|module|namespace|message|service|typedef|macro_rules!)\s+(?:<[^>]*>\s*)?([\w$]+)/,
  /^\s*(?:(?:public|private|protected|internal|static|final|abstract|override|virtual|async|inline|extern|unsafe|const|synchronized|export)\s+)*[\w<>[\],.:*&?\s]+[\s*&]([\w~]+)\s*\([^;]*$/,
  /^\s*#\s*define\s+(\w+)/,
  /^\s*create\s+(?:or\s+replace\s+)?(?:table|view|function|procedure|index|type)\s+(?:if\s+not\s+exists\s+)?([\w.]+)/i,
];
const DATA: readonly RegExp[] = [/^\s{0,4}['"]?([\w.-]+)['"]?\s*[:=]/, /^\[+([\w.-]+)\]+/];

const RULES: Readonly<Record<Language, readonly RegExp[]>> = {
  javascript: JAVASCRIPT,
  python: PYTHON,
  go: GO,
  ruby: RUBY,
  shell: SHELL,
  clike: CLIKE,
  markup: [],
  markdown: [],
  data: DATA,
};

const HASH_COMMENT: ReadonlySet<Language> = new Set<Language>(['python', 'ruby', 'shell', 'data']);
const SLASH_COMMENT: ReadonlySet<Language> = new Set<Language>(['javascript', 'go', 'clike']);

/** The role of every line of a file. */
export function rolesOf(lines: readonly string[], language: Language): readonly LineRole[] {
  if (language === 'markdown') return documentRoles(lines);
  const inProse = proseTracker(language);
  return lines.map((line) => {
    const blank = line.trim() === '';
    const prose = inProse(line) && !blank;
    return {
      defines: prose || blank ? [] : definitionsIn(line, RULES[language]),
      prose,
      heading: null,
      blank,
      indent: line.length - line.trimStart().length,
    };
  });
}

function definitionsIn(line: string, rules: readonly RegExp[]): readonly string[] {
  if (line.length > 400) return [];
  for (const rule of rules) {
    const name = rule.exec(line)?.[1];
    if (name !== undefined && !NOT_A_NAME.has(name)) return [name];
  }
  return [];
}

/** Told line by line, says whether the line is a comment or belongs to a docstring. */
function proseTracker(language: Language): (line: string) => boolean {
  let closing: string | null = null;
  return (line) => {
    const text = line.trimStart();
    if (closing !== null) {
      if (text.includes(closing)) closing = null;
      return true;
    }
    const opened = blockOpening(text, language);
    if (opened !== null) {
      const rest = text.slice(text.indexOf(opened.start) + opened.start.length);
      if (!rest.includes(opened.end)) closing = opened.end;
      return true;
    }
    if (HASH_COMMENT.has(language)) return text.startsWith('#');
    return SLASH_COMMENT.has(language) ? text.startsWith('//') : false;
  };
}

function blockOpening(text: string, language: Language): { readonly start: string; readonly end: string } | null {
  if (language === 'python') {
    const quote = /^[rbuf]{0,2}("""|''')/i.exec(text)?.[1];
    return quote === undefined ? null : { start: quote, end: quote };
  }
  if (language === 'markup') return text.startsWith('<!--') ? { start: '<!--', end: '-->' } : null;
  return SLASH_COMMENT.has(language) && text.startsWith('/*') ? { start: '/*', end: '*/' } : null;
}

function documentRoles(lines: readonly string[]): readonly LineRole[] {
  let fence: string | null = null;
  return lines.map((line, index) => {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1] ?? null;
    const inside = fence !== null;
    if (mark !== null) fence = fence === null ? mark : fence === mark ? null : fence;
    const heading = inside || mark !== null ? null : headingOf(line, lines[index + 1] ?? '');
    return {
      defines: [],
      prose: !inside && mark === null && line.trim() !== '',
      heading,
      blank: line.trim() === '',
      indent: 0,
    };
  });
}

function headingOf(line: string, next: string): string | null {
  const marked = /^\s{0,3}(?:#{1,6}|={1,5})\s+(.+?)\s*[#=]*\s*$/.exec(line)?.[1];
  if (marked !== undefined) return marked;
  const isUnderline = /^(={3,}|-{3,}|~{3,}|\^{3,})\s*$/.test(next);
  return isUnderline && /^[^\s|>*-]/.test(line) && line.length < 120 ? line.trim() : null;
}
