import { AppError } from '../errors.ts';

/** Something that must be there is not: it went away while the request was being answered. */
export function missing(what: string, id: string): never {
  throw new AppError('INTERNAL', `The ${what} ${id} is gone.`, { retryable: true });
}
