import { DAY_MS } from './inactivity.ts';

/** So long is a license that came back by itself left alone, unless somebody says that its cause was mended. */
export const RETURN_DAYS = 30;

/** Zoom's login type of single sign-on. */
const SSO_LOGIN = 101;

/** What gave a license back: somebody, or the mapping that Zoom applies at every single sign-on. */
export type ReturnCause = 'PERSON' | 'SSO_MAPPING' | 'UNKNOWN';

export interface ReturnFacts {
  returnedAt: Date;
  /** Who gave it back, by Zoom's webhook or operation log; null: neither says. */
  operator: string | null;
  /** Does the operation log name the user without a word about licenses? Then it may have been something else. */
  isVague: boolean;
  loginTypes: readonly number[] | null;
  /** Has a sign-in been seen between the taking and the return? */
  hasSignedIn: boolean;
}

/** Who or what gave a license back, how sure that is, and what to change so that it doesn't happen again. */
export interface ReturnedBy {
  cause: ReturnCause;
  certainty: 'KNOWN' | 'LIKELY' | 'UNKNOWN';
  operator: string | null;
  message: string;
}

export function returnedBy({ operator, isVague, loginTypes, hasSignedIn }: ReturnFacts): ReturnedBy {
  if (operator !== null) {
    return {
      cause: 'PERSON',
      certainty: isVague ? 'LIKELY' : 'KNOWN',
      operator,
      message: isVague
        ? `${operator} changed something of this user at that time, says Zoom's operation log. Ask them whether the license is needed: exclude the user if it is.`
        : `${operator} gave it back in Zoom. Ask them why: exclude the user if the license is needed. If that is a program (SCIM, Okta), change the user type that it provisions.`,
    };
  }
  if (loginTypes?.includes(SSO_LOGIN) === true) {
    return {
      cause: 'SSO_MAPPING',
      certainty: 'LIKELY',
      operator: null,
      message: `The user signs in by single sign-on${hasSignedIn ? ', and did since it was taken' : ''}. Zoom applies the SAML response mapping at every such sign-in: change the user type or add-on in that mapping (Zoom: Advanced, Single Sign-On), or at the identity provider.`,
    };
  }
  return {
    cause: 'UNKNOWN',
    certainty: 'UNKNOWN',
    operator: null,
    message:
      'Neither a webhook nor an operation log tells who gave it back. Grant the scope for operation logs, and look at SCIM or scripts that set user types.',
  };
}

/** Until when a license that came back is left alone. */
export function leftAloneUntil(returnedAt: Date): Date {
  return new Date(returnedAt.getTime() + RETURN_DAYS * DAY_MS);
}
