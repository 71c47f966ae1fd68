import { UserError } from '../errors.ts';
import type { SurfaceRecords } from './adapter.ts';

/** Whether something could not be recorded: then it is not acknowledged either, and the platform brings it again. */
export function isUnrecorded(error: unknown): boolean {
  return !(error instanceof UserError) || error.code === 'disk-full' || error.code.startsWith('store-');
}

/** What a refusal says, in one piece. */
export function sentenceOf({ message, hint }: Pick<UserError, 'message' | 'hint'>): string {
  return hint === null ? message : `${message} ${hint}`;
}

/** People without any right are told so, but not again and again. */
export interface Refusals {
  /** Whether this person is to be told now. */
  due(person: string): Promise<boolean>;
}

const dayMs = 86_400_000;

export function createRefusals(records: SurfaceRecords<true>): Refusals {
  const telling = new Set<string>();
  return {
    async due(person) {
      if (telling.has(person)) return false;
      telling.add(person);
      try {
        if ((await records.get(person)) !== undefined) return false;
        await records.set(person, true, { ttl: dayMs });
        return true;
      } finally {
        telling.delete(person);
      }
    },
  };
}
