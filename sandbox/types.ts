import type { RateLabel } from './api/endpoint.ts';
import type { RatePlan } from './api/limits.ts';
import type { WebhookReceiver } from './webhook-sender.ts';
import type { World } from './world/model.ts';

export interface SandboxOptions {
  /** Users of the regular account; default 200. 0: only its owner and the integrating admin, for tests that place exact users. */
  users?: number;
  /** Same seed, size and day: same world. Default 1. */
  seed?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 0: a free one. */
  port?: number;
  /** Which of Zoom's rate limits hold; default BUSINESS. */
  plan?: RatePlan;
  /** false: never a 429, unless a fault says so. */
  rateLimits?: boolean;
  /** The clock of everything: world, tokens, page tokens, limits. ms; default Date.now. */
  now?: () => number;
  /** Waited in every API call before it takes effect; default 0. */
  latencyMs?: number;
  /** Default: `sandbox-regular-client` and `sandbox-tiered-client`. */
  apps?: SandboxApp[];
  /** Sub accounts of the master account; default 3. */
  subAccounts?: number;
  /**
   * Users of the master account and all its sub accounts together: a few large sub accounts and many small ones, of every
   * kind and with seats of every kind. Default: sub accounts alike, each a twentieth of the regular account.
   */
  treeUsers?: number;
  /** Who is told what happens, signed as Zoom does; default nobody. */
  webhooks?: WebhookReceiver;
  /** The last touch on the made world. */
  world?: (world: World) => void;
}

/** An app of Zoom's marketplace. */
export interface SandboxApp {
  clientId: string;
  clientSecret: string;
  name: string;
  /** Absent: any. */
  redirectUris?: string[];
  /** Classic or granular. */
  scopes: string[];
  /** In which account consent is given. */
  account: 'REGULAR' | 'MASTER';
}

/** One call that arrived, whatever became of it. */
export interface SandboxCall {
  /** ms */
  at: number;
  method: string;
  /** Template (`/users/{userId}`), or the path itself when nothing fits. */
  path: string;
  /** Path and query as sent, secrets blanked. */
  url: string;
  label: RateLabel | null;
  /** 0: no answer was given. */
  status: number;
  /** Zoom's error code. */
  code: number | null;
  /** JSON of writes; null otherwise. */
  body: unknown;
  accountId: string | null;
}

/** Something that goes wrong on demand. */
export interface Fault {
  match: {
    method?: string;
    /** The actual path, with or without `/v2`, or the template; a RegExp is tried on the actual path. */
    path?: string | RegExp;
    query?: Record<string, string>;
  };
  /** How often; default 1, Infinity: always. */
  times?: number;
  /** Matches to let pass first. */
  after?: number;
  action: {
    status?: number;
    /** An object is sent as JSON, a string as HTML. */
    body?: unknown;
    headers?: Record<string, string>;
    delayMs?: number;
    /** Drops the connection before or after the effect was applied. */
    reset?: 'before' | 'after';
    /** Drops the connection at once, and applies the effect so many milliseconds later. */
    lateMs?: number;
    /** Never answers. */
    hang?: boolean;
    /** A lying answer. */
    mutateBody?: (body: any) => any; // eslint-disable-line @typescript-eslint/no-explicit-any -- a test knows what it bends
  };
}
