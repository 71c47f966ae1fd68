import type { Author, Place, Right } from '../adapters/adapter.ts';

/** One rule of the configuration; a missing field matches all. Allowed if any rule matches in all its fields. */
export interface AccessRule {
  readonly surface?: string;
  readonly channels?: readonly string[];
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
  readonly agents?: readonly string[];
  readonly may: readonly Right[];
}

/** Who, where: all that a rule looks at. */
export interface Requester {
  readonly author: Author;
  readonly place: Place;
}
