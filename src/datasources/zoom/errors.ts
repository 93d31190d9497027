import { AppError, type ErrorCode } from '../../errors.ts';

/** What kind of failure, decided by status and code, never by the words of a message: Zoom translates those. */
export type ZoomErrorKind =
  | 'AUTH'
  | 'SCOPE'
  | 'NOT_FOUND'
  | 'VALIDATION'
  | 'RATE_LIMIT'
  | 'DAILY_LIMIT'
  | 'SEATS'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'NETWORK'
  | 'ABORTED'
  | 'BAD_ANSWER'
  | 'PAGE_TOKEN';

/**
 * What became of the call, which decides what a failed write may be followed by. `NOT_SENT`: it never left, nothing
 * changed. `REFUSED`: Zoom said no, nothing changed. `UNKNOWN`: it may have been applied; read before acting again.
 */
export type Outcome = 'NOT_SENT' | 'REFUSED' | 'UNKNOWN';

export interface ZoomErrorFacts {
  /** Method and path with its parameters unfilled, for example `GET /users/{userId}`. */
  endpoint: string;
  kind: ZoomErrorKind;
  outcome: Outcome;
  httpStatus?: number | null;
  zoomCode?: number | null;
  zoomMessage?: string | null;
  /** Scopes that Zoom says are missing; for people, not for decisions. */
  missingScopes?: readonly string[];
  retryAfterMs?: number;
  /** Nothing more is asked in the run that this came up in. */
  endsRun?: boolean;
  cause?: unknown;
}

const PASSING: ReadonlySet<ZoomErrorKind> = new Set([
  'RATE_LIMIT',
  'DAILY_LIMIT',
  'UNAVAILABLE',
  'TIMEOUT',
  'NETWORK',
  'PAGE_TOKEN',
]);

/** Zoom didn't do what was asked, and what is known about that. */
export class ZoomError extends AppError {
  readonly endpoint: string;
  readonly kind: ZoomErrorKind;
  readonly outcome: Outcome;
  readonly httpStatus: number | null;
  readonly zoomCode: number | null;
  readonly missingScopes: readonly string[];
  readonly endsRun: boolean;
  // Zoom's own words often carry an e-mail address: there to be asked for, not to be printed along with the error.
  readonly #zoomMessage: string | null;

  constructor(message: string, facts: ZoomErrorFacts) {
    const isRead = facts.endpoint.startsWith('GET ');
    super(appCode(facts.kind), message, {
      // A write of unknown outcome is not the same thing when it is tried again.
      retryable: PASSING.has(facts.kind) && (isRead || facts.outcome !== 'UNKNOWN'),
      ...(facts.retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(facts.retryAfterMs) }),
      cause: facts.cause,
    });
    this.name = 'ZoomError';
    this.endpoint = facts.endpoint;
    this.kind = facts.kind;
    this.outcome = facts.outcome;
    this.httpStatus = facts.httpStatus ?? null;
    this.zoomCode = facts.zoomCode ?? null;
    this.missingScopes = facts.missingScopes ?? [];
    this.endsRun = facts.endsRun ?? false;
    this.#zoomMessage = facts.zoomMessage ?? null;
  }

  /** What Zoom wrote, cut to 300 characters; may name a person. Null when it wrote nothing. */
  get zoomMessage(): string | null {
    return this.#zoomMessage;
  }
}

function appCode(kind: ZoomErrorKind): ErrorCode {
  return kind === 'RATE_LIMIT' || kind === 'DAILY_LIMIT' ? 'ZOOM_RATE_LIMITED' : 'ZOOM_UNAVAILABLE';
}

/** Zoom's codes that mean the same whatever the status they come with. */
const KIND_BY_CODE: ReadonlyMap<number, ZoomErrorKind> = new Map([
  ...each('AUTH', 124),
  ...each('SCOPE', 104, 4711),
  ...each('FORBIDDEN', 200, 1107, 1108, 1109, 1117, 2100, 2306, 3161),
  ...each('VALIDATION', 300, 12702),
  ...each('NOT_FOUND', 1001, 1010, 1034, 2001, 3001, 4130),
  ...each('CONFLICT', 1005, 1009),
  ...each('SEATS', 2033, 2034, 2038, 2039, 3412),
]);

function each(kind: ZoomErrorKind, ...codes: number[]): [number, ZoomErrorKind][] {
  return codes.map((code) => [code, kind]);
}

/** The kind of an error answer. Rate limits are told apart by headers and words, see `lane.ts`. */
export function kindOf(httpStatus: number, zoomCode: number | null): ZoomErrorKind {
  if (httpStatus === 429 || zoomCode === 429) return 'RATE_LIMIT';
  if (httpStatus >= 500) return 'UNAVAILABLE';
  // 4700 is Zoom's catch-all: with a 401 a token that it doesn't take, elsewhere scopes that the token lacks.
  if (zoomCode === 4700) return httpStatus === 401 ? 'AUTH' : 'SCOPE';
  const byCode = zoomCode === null ? undefined : KIND_BY_CODE.get(zoomCode);
  if (byCode !== undefined) return byCode;
  if (httpStatus === 401) return 'AUTH';
  if (httpStatus === 403) return 'FORBIDDEN';
  if (httpStatus === 404) return 'NOT_FOUND';
  if (httpStatus === 408) return 'TIMEOUT';
  if (httpStatus === 409) return 'CONFLICT';
  return httpStatus >= 300 && httpStatus < 400 ? 'BAD_ANSWER' : 'VALIDATION';
}

/** What an error answer says about the fate of a write. */
export function outcomeOf(httpStatus: number, zoomCode: number | null): Outcome {
  const isAnswer = httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
  return isAnswer || (httpStatus >= 200 && httpStatus < 300 && zoomCode !== null) ? 'REFUSED' : 'UNKNOWN';
}

/** The scopes in brackets of "… does not contain scopes:[a, b]."; empty where there are none. */
export function scopesIn(message: string | null): string[] {
  const list = /\[([^\]]*)\]/.exec(message ?? '')?.[1] ?? '';
  return list
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => /^[a-z0-9_]+(?::[a-z0-9_]+)+$/i.test(scope));
}

/** A sentence for a license manager. */
export function sentenceFor(
  kind: ZoomErrorKind,
  facts: { missingScopes: readonly string[]; code: number | null },
): string {
  const code = facts.code === null ? '' : ` (Zoom code ${facts.code})`;
  switch (kind) {
    case 'AUTH':
      return `Zoom did not accept the connection's access token${code}.`;
    case 'SCOPE': {
      const which = facts.missingScopes.length === 0 ? '' : `: ${facts.missingScopes.join(', ')}`;
      return `The connection lacks a permission at Zoom${which}. Add it to the Zoom app and authorize again${code}.`;
    }
    case 'NOT_FOUND':
      return `Zoom does not know what was asked for${code}.`;
    case 'VALIDATION':
      return `Zoom did not accept the request${code}.`;
    case 'RATE_LIMIT':
      return 'Zoom is being asked too often at the moment.';
    case 'DAILY_LIMIT':
      return "The Zoom account's requests are used up for now: those of the day, or Zoom asked for a longer pause.";
    case 'SEATS':
      return `The Zoom account has no free seat of that kind${code}.`;
    case 'FORBIDDEN':
      return `Zoom does not allow this for the account, its plan or the authorizing user${code}.`;
    case 'CONFLICT':
      return `Zoom says that this contradicts what it has on record${code}.`;
    case 'UNAVAILABLE':
      return 'Zoom is not available at the moment.';
    case 'TIMEOUT':
      return 'Zoom did not answer in time.';
    case 'NETWORK':
      return 'The connection to Zoom failed.';
    case 'ABORTED':
      return 'The request to Zoom was called off.';
    case 'BAD_ANSWER':
      return 'Zoom answered with something that is not an answer to the request.';
    case 'PAGE_TOKEN':
      return 'Zoom no longer knows the page that was to come next.';
  }
}

/** Ends the whole run, not only one call: we were told to stop, nothing more may be asked today, or Zoom answers nothing. */
export function mustStop(error: ZoomError): boolean {
  return error.kind === 'ABORTED' || error.kind === 'DAILY_LIMIT' || error.endsRun;
}
