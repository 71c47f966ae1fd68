/** Discord's ids carry the time at which they were made. */
const epoch = 1_420_070_400_000;

/** Milliseconds since 1970 at which something with this id was made; 0 for what is no id. */
export function timeOf(id: string): number {
  return /^\d{1,20}$/.test(id) ? Number(BigInt(id) >> 22n) + epoch : 0;
}

/** The first id of this millisecond. */
export function idAt(time: number): string {
  return String(BigInt(Math.max(0, Math.floor(time) - epoch)) << 22n);
}

/** Whether one was made after the other. */
export function isLater(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}

/** Whether a text is an id at all. */
export function isId(text: string): boolean {
  return /^\d{15,20}$/.test(text);
}
