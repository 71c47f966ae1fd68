import { join } from 'node:path';
import { temporaryFiles } from '../files.ts';

/** A path for a data directory that does not exist yet; it is removed after the test. */
export function dataDirectory(): string {
  return join(temporaryFiles(), 'data');
}
