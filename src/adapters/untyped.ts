/** What comes from outside, read field by field: nothing of it is believed to have a shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether it has fields at all. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** A field as fields; without any where it has none. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** A field as text; empty where it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A field as a list; empty where it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of a JSON text; none where it is no such text. */
export function parsedFields(json: string): Fields {
  try {
    return fields(JSON.parse(json));
  } catch {
    return {};
  }
}
