import type { RouteName } from './routes.ts';

/** What goes wrong with the next calls of a route. */
export type Fault =
  | { readonly kind: 'cut'; readonly how: 'before' | 'after' }
  | { readonly kind: 'error'; readonly how: 'before' | 'after'; readonly status: number }
  | { readonly kind: 'stall'; readonly how: 'before' | 'after'; readonly ms: number }
  | { readonly kind: 'refusal'; readonly how: 'before'; readonly code: number };

export interface Faults {
  plan(route: RouteName | '*', fault: Fault, times: number): void;
  /** What is to happen to this call; null where nothing is. */
  take(route: RouteName): Fault | null;
}

export function createFaults(): Faults {
  const planned: { readonly route: RouteName | '*'; readonly fault: Fault; left: number }[] = [];
  return {
    plan(route, fault, times) {
      planned.push({ route, fault, left: times });
    },
    take(route) {
      const next = planned.find((one) => one.left > 0 && (one.route === '*' || one.route === route));
      if (next === undefined) return null;
      next.left -= 1;
      return next.fault;
    },
  };
}
