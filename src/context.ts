import type { Changes } from './changes.ts';
import type { Caller } from './caller.ts';
import type { Deps } from './deps.ts';
import { createLoaders, type Loaders } from './loaders.ts';

export { createLoaders, type Loaders } from './loaders.ts';

/** What every resolver gets. */
export interface Context {
  deps: Deps;
  caller: Caller;
  load: Loaders;
  /** One moment for the whole request. */
  now: Date;
  requestId: string;
  /** Where subscriptions hear of changes; null where nothing is subscribed to. */
  changes: Changes | null;
}

/** The context of one request. */
export function createContext(deps: Deps, caller: Caller, requestId: string, changes: Changes | null = null): Context {
  const now = deps.now();
  return { deps, caller, load: createLoaders(deps, now), now, requestId, changes };
}
