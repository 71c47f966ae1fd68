import type { Json } from './world.ts';

/** Reading what came over the wire. */

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
