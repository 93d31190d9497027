import { refuse } from './outcome.ts';

/** The license that a term is to be of is unknown. */
export const NO_SUCH_LICENSE = refuse('NOT_FOUND', 'There is no such license.', ['input', 'licenseId']);

/** The term is unknown, or one of another license. */
export const NO_SUCH_TERM = refuse(
  'NOT_FOUND',
  'The license has no such term; `License.entitlements` names those that it has.',
  ['input', 'entitlementId'],
);
