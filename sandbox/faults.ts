import type { Fault } from './types.ts';

interface Armed {
  fault: Fault;
  toSkip: number;
  left: number;
}

/** What was said to go wrong, and how often it still will. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, toSkip: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault for this call, used up by one; the oldest that fits wins. */
  take(method: string, path: string, pattern: string | null, query: URLSearchParams): Fault['action'] | null {
    for (const armed of this.#armed) {
      if (armed.left <= 0 || !fits(armed.fault.match, method, path, pattern, query)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip--;
        continue;
      }
      armed.left--;
      return armed.fault.action;
    }
    return null;
  }
}

function fits(
  match: Fault['match'],
  method: string,
  path: string,
  pattern: string | null,
  query: URLSearchParams,
): boolean {
  if (match.method && match.method.toUpperCase() !== method) return false;
  const below = path.replace(/^\/v2(?=\/)/, '');
  if (match.path instanceof RegExp) {
    // A global expression keeps its place between tries; a fault must not depend on that.
    const expression = new RegExp(match.path.source, match.path.flags.replace(/[gy]/g, ''));
    if (!expression.test(path) && !expression.test(below)) return false;
  } else if (match.path !== undefined && ![path, below, pattern, `/v2${pattern}`].includes(match.path)) {
    return false;
  }
  return Object.entries(match.query ?? {}).every(([name, value]) => query.get(name) === value);
}
