import type { Delete, Emphasis, PhrasingContent, Strong } from 'mdast';
import { groups } from './groups.ts';

type Wrapper = Strong | Emphasis | Delete;

/** A word, or something as little divisible, with the emphasis around it (outermost first). */
interface Atom {
  readonly wrappers: readonly Wrapper[];
  readonly leaf: PhrasingContent;
}

const graphemes = new Intl.Segmenter();

/**
 * Inline markdown in pieces that fit, divided between words. What does not fit alone is divided too: a link becomes its text, a word or a
 * code span is divided between characters.
 */
export function dividePhrasing(
  nodes: readonly PhrasingContent[],
  fits: (nodes: PhrasingContent[]) => boolean,
): readonly PhrasingContent[][] {
  const isFit = (atoms: readonly Atom[]) => fits(build(atoms, 0));
  const small = atomsOf(nodes, []).flatMap((atom) => (isFit([atom]) ? [atom] : divideAtom(atom, isFit)));
  return groups(small, isFit).map((atoms) => build(atoms, 0));
}

function atomsOf(nodes: readonly PhrasingContent[], wrappers: readonly Wrapper[]): readonly Atom[] {
  return nodes.flatMap((node) => {
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete') {
      return atomsOf(node.children, [...wrappers, node]);
    }
    if (node.type !== 'text') return [{ wrappers, leaf: node }];
    const words = node.value.match(/\s*\S+\s*|\s+/g) ?? [];
    return words.map((value) => ({ wrappers, leaf: { type: 'text' as const, value } }));
  });
}

function divideAtom({ wrappers, leaf }: Atom, isFit: (atoms: readonly Atom[]) => boolean): readonly Atom[] {
  if (leaf.type === 'link' || leaf.type === 'linkReference') {
    const inner = atomsOf(leaf.children, wrappers);
    return inner.flatMap((atom) => (isFit([atom]) ? [atom] : divideAtom(atom, isFit)));
  }
  const type = leaf.type === 'inlineCode' ? 'inlineCode' : 'text';
  const text = 'value' in leaf ? leaf.value : 'alt' in leaf ? (leaf.alt ?? '') : '';
  const letters = [...graphemes.segment(text)].map(({ segment }) => segment);
  const atomOf = (some: readonly string[]): Atom => ({ wrappers, leaf: { type, value: some.join('') } });
  return groups(letters, (some) => isFit([atomOf(some)])).map(atomOf);
}

/** The atoms as a tree again; neighbours in the same emphasis share it. */
function build(atoms: readonly Atom[], depth: number): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  for (let start = 0; start < atoms.length; ) {
    const wrapper = atoms[start]?.wrappers[depth];
    const end = atoms.findIndex((atom, index) => index > start && atom.wrappers[depth] !== wrapper);
    const run = atoms.slice(start, end < 0 ? atoms.length : end);
    if (wrapper === undefined) nodes.push(...run.map((atom) => atom.leaf));
    else nodes.push({ ...wrapper, children: build(run, depth + 1) });
    start += run.length;
  }
  return nodes;
}
