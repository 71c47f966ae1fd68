const second = 1000;
const durationUnits: Readonly<Record<string, number>> = {
  s: second,
  m: 60 * second,
  h: 3600 * second,
  d: 86_400 * second,
};
const sizeUnits: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
};

/** Milliseconds of a duration as people write it (`30s`, `5m`, `2h`, `7d`), or null where it is none. */
export function parseDuration(text: string): number | null {
  return scaled(/^(\d{1,9})([smhd])$/.exec(text), durationUnits);
}

/** Bytes of a size as people write it (`20MB` is twenty million, `20MiB` counts in 1024s), or null where it is none. */
export function parseSize(text: string): number | null {
  return scaled(/^(\d{1,9}) ?([KMG]I?B|B)$/.exec(text.toUpperCase()), sizeUnits);
}

function scaled(match: RegExpExecArray | null, units: Readonly<Record<string, number>>): number | null {
  const unit = units[match?.[2] ?? ''];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}
