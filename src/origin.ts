import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs `work` as part of a request: the id of an HTTP request, a job run or a reclamation. */
export function asRequest<T>(requestId: string, work: () => T): T {
  return requests.run(requestId, work);
}

/** The request that is being worked on; null outside of any. */
export function currentRequest(): string | null {
  return requests.getStore() ?? null;
}
