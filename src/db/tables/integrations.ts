import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt, idColumn, instant, sealed } from '../columns.ts';

/** One check of one Zoom endpoint, made with read calls only. */
export interface ConnectionCheckEntry {
  task: string;
  endpoint: string;
  ok: boolean;
  message: string;
}

export interface ConnectionCheckRecord {
  checkedAt: string;
  ok: boolean;
  checks: ConnectionCheckEntry[];
}

/** Calls to one endpoint that a run was expected to need. */
export interface PlannedCallsRecord {
  /** `GET /users` */
  endpoint: string;
  label: 'LIGHT' | 'MEDIUM' | 'HEAVY' | 'RESOURCE_INTENSIVE';
  calls: number;
  /** Counted from what is known, or estimated from what was seen before. */
  isEstimate: boolean;
  /** Why so many, in words. */
  why: string;
}

/** One connection to one Zoom account: the profile an operator fills in, and what authorization taught us. */
export const integrations = pgTable('integrations', {
  id: idColumn(),
  displayName: text('display_name').notNull(),
  kind: text('kind').$type<'REGULAR' | 'TIERED'>().notNull(),
  region: text('region').$type<'NA' | 'APAC' | 'EU'>().notNull(),
  status: text('status')
    .$type<'DRAFT' | 'AUTHORIZED' | 'CONNECTED' | 'REAUTHORIZATION_REQUIRED' | 'DISCONNECTED'>()
    .notNull()
    .default('DRAFT'),
  /** Null: the vendor's app of the region and kind is used. */
  clientId: text('client_id'),
  clientSecret: sealed('client_secret'),
  includeFreeUsers: boolean('include_free_users').notNull().default(false),
  includeOnPremises: boolean('include_on_premises').notNull().default(false),
  /** Null: 60 days before the first sync. */
  analyzeActivityFrom: instant('analyze_activity_from'),
  /** Names of `IntegrationTask` that are switched on. */
  enabledTasks: text('enabled_tasks').array().notNull(),
  /** Null until authorized. */
  grantedScopes: text('granted_scopes').array(),
  /** Null until set by hand or learned; then Zoom's headers alone rule. */
  rateLimitPlan: text('rate_limit_plan').$type<'FREE' | 'PRO' | 'BUSINESS'>(),
  connectionCheck: jsonb('connection_check').$type<ConnectionCheckRecord>(),
  /** Zoom's account id of the authorized account; null until authorized. */
  zoomAccountId: text('zoom_account_id'),
  /** Who consented at Zoom; never a candidate. Null until authorized. */
  authorizedZoomUserId: text('authorized_zoom_user_id'),
  authorizedEmail: text('authorized_email'),
  authorizedAt: instant('authorized_at'),
  /** Why the grant died, in words; null while it lives. */
  reauthorizationReason: text('reauthorization_reason'),
  /** Is what was read erased when an administrator removes the app at Zoom? */
  eraseOnDeauthorization: boolean('erase_on_deauthorization').notNull().default(true),
  /** Of which meetings polls and registrants are read. */
  meetingDetail: text('meeting_detail').$type<'NONE' | 'WHERE_DECISIVE' | 'ALL'>().notNull().default('WHERE_DECISIVE'),
  /** Addresses of users that are programs; `*` stands for anything. */
  serviceAccountPatterns: text('service_account_patterns')
    .array()
    .notNull()
    .default(['svc-*', 'svc.*', 'svc_*', 'service-account*', 'serviceaccount*', 'noreply@*', 'no-reply@*']),
  createdAt: createdAt(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
  /** Set when deleted; rules and closed candidates outlive the integration. */
  deletedAt: instant('deleted_at'),
});

/**
 * The tokens of an integration. One row a grant; `gen` counts rotations, and every save names the generation that it
 * saw, so that of two refreshers only one can win.
 */
export const grants = pgTable('grants', {
  integrationId: text('integration_id').primaryKey(),
  gen: bigint('gen', { mode: 'number' }).notNull().default(0),
  accessToken: sealed('access_token').notNull(),
  refreshToken: sealed('refresh_token').notNull(),
  accessExpiresAt: instant('access_expires_at').notNull(),
  refreshObtainedAt: instant('refresh_obtained_at').notNull(),
  /** While in the future, one process is refreshing. */
  leaseUntil: instant('lease_until'),
  leaseOwner: text('lease_owner'),
  /** Set before a refresh is sent, cleared when its answer is saved: a crash in between leaves it standing. */
  refreshIntentAt: instant('refresh_intent_at'),
  /** Sealed answer of a refresh, written the moment it arrives; applied by whoever comes next if the writer dies. */
  pendingAnswer: sealed('pending_answer'),
  /** Set when Zoom refused the refresh token for good. */
  deadAt: instant('dead_at'),
});

/** A started authorization: what the browser legs need to find each other, once. */
export const oauthFlows = pgTable(
  'oauth_flows',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    /** SHA-256 of the ticket in `authorizationUrl`; the ticket itself is never stored. */
    ticketHash: text('ticket_hash').notNull().unique(),
    /** SHA-256 of the OAuth state; null until the browser took the first leg. */
    stateHash: text('state_hash').unique(),
    /** Sealed session of the OAuth library (state, PKCE verifier); null until the first leg. */
    session: sealed('session'),
    returnUrl: text('return_url'),
    requestedBy: text('requested_by').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Set in the statement that claims the callback: a second claim finds nothing. */
    usedAt: instant('used_at'),
    createdAt: createdAt(),
  },
  // A new authorization ends the earlier ones of the same integration.
  (table) => [index('oauth_flows_integration').on(table.integrationId)],
);

/** One run of one task: what was planned, proven, spent and said. */
export const jobRuns = pgTable(
  'job_runs',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    task: text('task')
      .$type<
        'APPLICATION_ROSTER' | 'APPLICATION_ACCESS' | 'LICENSE_DIFFERENTIATION' | 'LICENSE_INFORMATION' | 'RECLAMATION'
      >()
      .notNull(),
    status: text('status')
      .$type<'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'INCOMPLETE' | 'FAILED'>()
      .notNull()
      .default('QUEUED'),
    requestedBy: text('requested_by').notNull(),
    createdAt: createdAt(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    progressDone: integer('progress_done').notNull().default(0),
    progressTotal: integer('progress_total').notNull().default(0),
    usersSeen: integer('users_seen').notNull().default(0),
    callsLight: integer('calls_light').notNull().default(0),
    callsMedium: integer('calls_medium').notNull().default(0),
    callsHeavy: integer('calls_heavy').notNull().default(0),
    callsResourceIntensive: integer('calls_resource_intensive').notNull().default(0),
    /** What went wrong, for a license manager; null when nothing did. */
    error: text('error'),
    /** What is already proven, so that another worker continues instead of starting over. */
    checkpoint: jsonb('checkpoint').$type<Record<string, unknown>>().notNull().default({}),
    /** How often a worker has taken it up. */
    attempts: integer('attempts').notNull().default(0),
    /** Calls that were planned when the run was taken up, by endpoint; null: none were planned. */
    planned: jsonb('planned').$type<PlannedCallsRecord[]>(),
    /** Calls that were sent, by endpoint (`GET /users`). */
    /** Of the request that asked for it, where that was traced (W3C Trace Context); null: it was not. */
    traceparent: text('traceparent'),
    spent: jsonb('spent').$type<Record<string, number>>().notNull().default({}),
  },
  (table) => [
    // Integration.jobRuns, newest first.
    index('job_runs_integration').on(table.integrationId, table.createdAt),
    // The latest run of each task, for metrics.
    index('job_runs_task').on(table.integrationId, table.task, table.createdAt),
    // What waits or runs: a few among all that ever ran.
    index('job_runs_open')
      .on(table.integrationId)
      .where(sql`status in ('QUEUED', 'RUNNING')`),
  ],
);

/**
 * Rate limits shared by all processes: one row per Zoom account and label, with the theoretical arrival time of the
 * next call in milliseconds since 1970 (generic cell rate algorithm).
 */
export const rateLimits = pgTable(
  'rate_limits',
  {
    zoomAccountId: text('zoom_account_id').notNull(),
    label: text('label').notNull(),
    tatMs: bigint('tat_ms', { mode: 'number' }).notNull().default(0),
    /** Zoom told us to stop until then. */
    blockedUntil: instant('blocked_until'),
    /** UTC day of `usedToday`. */
    day: text('day').notNull().default(''),
    usedToday: integer('used_today').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.zoomAccountId, table.label] })],
);
