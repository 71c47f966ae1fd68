import type { SurfaceRecords } from './adapter.ts';

/** A message that was posted; without a ts (the platform's id of it), it may have been. */
export interface PostedRecord {
  readonly ts: string | null;
}

const keptMs = 30 * 86_400_000;

/** Posts once, also over restarts: `again` where an earlier process may have posted it. Null where the platform refused it. */
export async function postedOnce(
  records: SurfaceRecords<PostedRecord>,
  key: string,
  post: (again: boolean) => Promise<string | null>,
): Promise<string | null> {
  const before = await records.get(key);
  const known = before?.ts ?? null;
  if (known !== null) return known;
  await records.set(key, { ts: null }, { ttl: keptMs });
  const ts = await post(before !== undefined);
  await records.set(key, { ts }, { ttl: keptMs });
  return ts;
}
