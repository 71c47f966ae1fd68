/** How a letter on a terminal looks. Colours as CSS writes them, null for the terminal's own. */
export interface TextStyle {
  readonly foreground: string | null;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly reverse: boolean;
}

/** Text that nothing was said about. */
export const plain: TextStyle = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  reverse: false,
};

/** Black to white, then the bright ones: legible on a dark ground. */
const palette = [
  ...['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'],
  ...['#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#ffffff'],
] as const;

const switches: Readonly<Record<number, Partial<TextStyle>>> = {
  0: plain,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { reverse: true },
  9: { strike: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { reverse: false },
  29: { strike: false },
  39: { foreground: null },
  49: { background: null },
};

/** The style after one `ESC [ … m`, given what stands between. Codes that are not known change nothing. */
export function applySgr(style: TextStyle, parameters: string): TextStyle {
  const codes = parameters.split(/[;:]/u).map(Number);
  let next = style;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, taken } = extendedColor(codes.slice(index + 1));
      next = code === 38 ? { ...next, foreground: color } : { ...next, background: color };
      index += taken;
    } else next = { ...next, ...(switches[code] ?? basicColor(code)) };
  }
  return next;
}

function basicColor(code: number): Partial<TextStyle> {
  const [tens, ones] = [Math.floor(code / 10), code % 10];
  if (ones > 7) return {};
  const color = palette[tens >= 9 ? ones + 8 : ones] ?? null;
  if (tens === 3 || tens === 9) return { foreground: color };
  return tens === 4 || tens === 10 ? { background: color } : {};
}

/** What follows 38 and 48: `5;N` of 256 colours, or `2;R;G;B`. */
function extendedColor(codes: readonly number[]): { readonly color: string | null; readonly taken: number } {
  const [kind, first = 0, second = 0, third = 0] = codes;
  if (kind === 2) return { color: `rgb(${first},${second},${third})`, taken: 4 };
  if (kind === 5) return { color: indexedColor(first), taken: 2 };
  return { color: null, taken: 1 };
}

/** The 16 of the palette, a cube of 6 × 6 × 6, then 24 greys. */
function indexedColor(index: number): string {
  const named = palette[index];
  if (named !== undefined) return named;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey},${grey},${grey})`;
  }
  const parts = [36, 6, 1].map((step) => Math.floor((index - 16) / step) % 6);
  return `rgb(${parts.map((part) => (part === 0 ? 0 : 55 + part * 40)).join(',')})`;
}
