/** What a caller may do; see the README for what each covers. */
export const SCOPES = ['zoom:read', 'zoom:meetings', 'zoom:operate', 'zoom:admin'] as const;

/** Who is calling: proven by a JWT. */
export interface Caller {
  /** The token's `sub`; the name that the audit trail keeps. */
  sub: string;
  /** The token's `email`; left out where it has none. Nobody takes their own license. */
  email?: string;
  scopes: ReadonlySet<string>;
  /** When the token ends, at the latest that is accepted; left out where no token was brought. */
  expiresAt?: Date;
}
