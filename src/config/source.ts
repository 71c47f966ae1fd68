import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';

/** The way to a value: keys and indexes from the top. */
export type ValuePath = readonly (string | number)[];

/** Something wrong with a file: where (a line from 1) and a sentence. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A YAML file read as plain data that still knows its lines. */
export interface Source {
  readonly value: unknown;
  /** What is wrong with it as YAML; the value then means nothing. */
  readonly problems: readonly Problem[];
  /** Line of the key (or list entry) at this path; of the nearest thing above it where there is none. */
  lineOf(path: ValuePath): number;
}

/** Whole numbers that JavaScript cannot hold come out as a bigint. Never throws. */
export function parseSource(text: string): Source {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    intAsBigInt: true,
    merge: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => ({ offset: pos[0], message }));
  const problems = [...faults, ...unknownAliases(document)].map(({ offset, message }) => ({
    line: lineAt(offset),
    message: `is not valid YAML here: ${message}`,
  }));
  return {
    ...(problems.length > 0 ? { value: null, problems } : plainValue(document)),
    lineOf: (path) => lineAt(offsetOf(resolve(document.contents), path, resolve)),
  };
}

function unknownAliases(document: Document.Parsed): readonly { readonly offset: number; readonly message: string }[] {
  const found: { offset: number; message: string }[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      found.push({ offset: startOf(alias), message: `nothing above is named "&${alias.source}"` });
    },
  });
  return found;
}

function plainValue(document: Document.Parsed): Pick<Source, 'value' | 'problems'> {
  try {
    return { value: plain(document.toJS({ maxAliasCount: 100 })), problems: [] };
  } catch {
    // Aliases that multiply beyond any use, or that lead to themselves.
    return { value: null, problems: [{ line: 1, message: 'repeats too much through YAML aliases (&name, *name)' }] };
  }
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

function offsetOf(root: unknown, path: ValuePath, resolve: (node: unknown) => unknown): number {
  let node = root;
  let offset = startOf(root);
  for (const step of path) {
    const next = isMap(node) ? pairOf(node.items, step) : isSeq(node) ? node.items[Number(step)] : undefined;
    if (next === undefined) break;
    const [place, value] = isPairLike(next) ? [next.key, next.value] : [next, next];
    offset = startOf(place);
    node = resolve(value);
  }
  return offset;
}

function pairOf(pairs: readonly Pair[], step: string | number): Pair | undefined {
  return pairs.find(({ key }) => isScalar(key) && String(key.value) === String(step));
}

function isPairLike(value: unknown): value is Pair {
  return typeof value === 'object' && value !== null && 'key' in value;
}

function startOf(node: unknown): number {
  return (node as Node | null | undefined)?.range?.[0] ?? 0;
}
