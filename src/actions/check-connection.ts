import type { AccountSummaryRecord } from '../db/tables/accounts.ts';
import type { ConnectionCheckEntry, ConnectionCheckRecord } from '../db/tables/integrations.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import { getPlanUsage, listSubAccounts, type SubAccountPayload } from '../datasources/zoom/accounts.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ZoomError, type ZoomErrorKind } from '../datasources/zoom/errors.ts';
import { listActiveHosts } from '../datasources/zoom/reports.ts';
import { toSummary } from '../datasources/zoom/to-row.ts';
import {
  getUser,
  getUserSettings,
  getUsersSummary,
  listUsers,
  type UserProfilePayload,
} from '../datasources/zoom/users.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { withoutSubAccounts } from '../policy/sub-accounts.ts';
import { areAlike, missingScopes, requirementsOf, TASKS } from '../policy/task-scopes.ts';
import type { IntegrationTask } from '../schema.generated.ts';

export interface Checked {
  record: ConnectionCheckRecord;
  /** Who gave the consent; null when Zoom didn't say. */
  authorizedBy: UserProfilePayload | null;
  /** Zoom's own count of users; null when it was not told. */
  summary: AccountSummaryRecord | null;
  /** Why Zoom could not be asked just now, in words; null when it could. */
  unreachable: string | null;
}

interface Probe {
  task: IntegrationTask;
  endpoint: string;
  /** The scope that the call needs, as the requirements name it. */
  scope: string;
  /** A call that fails is told, but the connection works without it. */
  isOptional?: boolean;
  call: (zoom: ZoomClient) => Promise<string>;
  /** What to say where Zoom does not give it to this account; left out, what Zoom's answer means in general. */
  refused?: (reason: string) => string;
}

/** One call must not keep a person waiting longer. */
const PATIENCE_MS = 15_000;

const UNREACHABLE: ReadonlySet<ZoomErrorKind> = new Set([
  'UNAVAILABLE',
  'TIMEOUT',
  'NETWORK',
  'RATE_LIMIT',
  'DAILY_LIMIT',
  'ABORTED',
]);

/**
 * Tries the connection with read calls: one or two for each task that is switched on, none for taking licenses back. Of a
 * tiered integration the sub accounts are listed, and one of them is read. A call whose scope was not granted is not made.
 *
 * @throws {AppError} `REAUTHORIZATION_REQUIRED` when there is no living grant.
 */
export async function checkConnection(deps: Deps, integration: IntegrationRow): Promise<Checked> {
  const zoom = deps.zoom.forIntegration(integration.id, { deadlineMs: PATIENCE_MS, priority: 'INTERACTIVE' });
  const now = deps.now();
  let authorizedBy: UserProfilePayload | null = null;
  let summary: AccountSummaryRecord | null = null;

  // First by itself: it shows whose account it is, and renews the token once for the others.
  const who: Probe = {
    task: 'APPLICATION_ROSTER',
    endpoint: 'GET /users/me',
    scope: 'user:read:user:admin',
    async call(client) {
      authorizedBy = await getUser(client, 'me');
      return accountMessage(integration, authorizedBy);
    },
  };
  const first = await run(zoom, integration, who);
  const isOn = ({ task }: Probe) => integration.enabledTasks.includes(task);
  const others = first.unreachable === null ? probes(now, (count) => (summary = count)).filter(isOn) : [];
  const below = first.unreachable === null && integration.kind === 'TIERED' ? checkBelow(deps, zoom, integration) : [];
  const checked = await Promise.all([...others.map((probe) => run(zoom, integration, probe)), below]);
  const results = [first, ...checked.flat()];
  const tried = [who, ...others].map(({ scope }) => scope);
  const unmet = unmetScopes(integration, integration.kind === 'TIERED' ? [...tried, LIST_BELOW] : tried);
  return {
    record: {
      checkedAt: now.toISOString(),
      ok: unmet.length === 0 && results.every(({ entry, isNeeded }) => entry.ok || !isNeeded),
      checks: [...results.map(({ entry }) => entry), ...unmet],
    },
    authorizedBy,
    summary,
    unreachable: results.find(({ unreachable, isNeeded }) => unreachable !== null && isNeeded)?.unreachable ?? null,
  };
}

const LIST_BELOW = 'account:read:list_sub_accounts:master';

/** Are there sub accounts, and may they be read? One call, and one to the first of them. */
async function checkBelow(deps: Deps, zoom: ZoomClient, integration: IntegrationRow): Promise<Ran[]> {
  let first: SubAccountPayload | null = null;
  const listing = await run(zoom, integration, {
    task: 'APPLICATION_ROSTER',
    endpoint: 'GET /accounts',
    scope: LIST_BELOW,
    async call(client) {
      const page = await firstPage(listSubAccounts(client));
      first = page?.[0] ?? null;
      return first === null ? 'Sub accounts can be listed; there are none yet.' : 'Sub accounts can be listed.';
    },
    refused: withoutSubAccounts,
  });
  if (first === null) return [listing];
  const { id, account_name: name } = first as SubAccountPayload;
  const options = { deadlineMs: PATIENCE_MS, priority: 'INTERACTIVE', subAccountId: id } as const;
  const reading = await run(deps.zoom.forIntegration(integration.id, options), integration, {
    task: 'APPLICATION_ROSTER',
    endpoint: 'GET /accounts/{accountId}/users',
    scope: 'user:read:list_users:master',
    async call(client) {
      await firstPage(listUsers(client, 'active'));
      return `Users of sub accounts can be read; tried with ${name ?? id}.`;
    },
    refused: (reason) => `The sub account ${name ?? id} could not be read: ${withoutSubAccounts(reason)}`,
  });
  return [listing, reading];
}

const probes = (now: Date, onSummary: (summary: AccountSummaryRecord) => void): Probe[] => [
  {
    task: 'APPLICATION_ROSTER',
    endpoint: 'GET /users',
    scope: 'user:read:list_users:admin',
    async call(zoom) {
      await firstPage(listUsers(zoom, 'active'));
      return 'The list of users can be read.';
    },
  },
  {
    task: 'APPLICATION_ROSTER',
    endpoint: 'GET /users/summary',
    scope: 'user:read:summary:admin',
    isOptional: true,
    async call(zoom) {
      const summary = toSummary(await getUsersSummary(zoom));
      onSummary(summary);
      const { total } = summary;
      return total === null ? "Zoom's own count of users can be read." : `Zoom counts ${total} users.`;
    },
  },
  {
    task: 'APPLICATION_ACCESS',
    endpoint: 'GET /report/users',
    scope: 'report:read:list_users:admin',
    async call(zoom) {
      const yesterday = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
      await firstPage(listActiveHosts(zoom, { from: yesterday, to: yesterday }));
      return 'Usage reports can be read.';
    },
  },
  {
    task: 'LICENSE_DIFFERENTIATION',
    endpoint: 'GET /users/me/settings',
    scope: 'user:read:settings:admin',
    isOptional: true,
    async call(zoom) {
      await getUserSettings(zoom, 'me');
      return 'Add-ons of users can be read.';
    },
  },
  {
    task: 'LICENSE_INFORMATION',
    endpoint: 'GET /accounts/me/plans/usage',
    scope: 'billing:read:plan_usage:admin',
    isOptional: true,
    async call(zoom) {
      await getPlanUsage(zoom);
      return 'Plans and seats can be read.';
    },
  },
];

interface Ran {
  entry: ConnectionCheckEntry;
  /** Does the connection stand or fall with it? */
  isNeeded: boolean;
  unreachable: string | null;
}

async function run(zoom: ZoomClient, integration: IntegrationRow, probe: Probe): Promise<Ran> {
  const { task, endpoint, isOptional = false } = probe;
  const tell = (ok: boolean, message: string, isNeeded: boolean, unreachable: string | null = null): Ran => ({
    entry: { task, endpoint, ok, message: ok || isNeeded ? message : `${message} The connection works without it.` },
    isNeeded,
    unreachable,
  });
  const granted = integration.grantedScopes;
  const needed = requirementsOf(task, integration.kind).filter(({ granular }) => areAlike(granular, probe.scope));
  if (granted !== null && missingScopes(needed, granted).length > 0) {
    const scope = needed[0]?.granular ?? probe.scope;
    const message = `Not tried: the scope ${scope} was not granted. Add it to the Zoom app and authorize again.`;
    return tell(false, message, isNeededTask(task) && !needed.every(({ isOptional: isExtra }) => isExtra === true));
  }
  try {
    return tell(true, await probe.call(zoom), !isOptional);
  } catch (error) {
    if (error instanceof WrongAccountError) return tell(false, error.message, true);
    if (!(error instanceof ZoomError)) throw error;
    const isRefused = error.kind === 'FORBIDDEN' || error.kind === 'SCOPE';
    const message = isRefused && probe.refused !== undefined ? probe.refused(error.message) : error.message;
    return tell(false, message, !isOptional, UNREACHABLE.has(error.kind) ? error.message : null);
  }
}

/** Zoom tells not every account what it bought, and taking back is looked at when somebody takes back. */
function isNeededTask(task: IntegrationTask): boolean {
  return task !== 'LICENSE_INFORMATION' && task !== 'RECLAMATION';
}

/** Scopes that tasks need for other calls than those that were tried, and that were not granted. */
function unmetScopes(integration: IntegrationRow, tried: readonly string[]): ConnectionCheckEntry[] {
  const granted = integration.grantedScopes;
  if (granted === null) return [];
  return TASKS.filter((task) => isNeededTask(task) && integration.enabledTasks.includes(task)).flatMap((task) => {
    const needed = requirementsOf(task, integration.kind).filter(({ isOptional }) => isOptional !== true);
    const missing = missingScopes(needed, granted).filter((scope) => !tried.some((one) => areAlike(one, scope)));
    const message = `Not granted: ${missing.join(', ')}. Add to the Zoom app and authorize again.`;
    return missing.length === 0 ? [] : [{ task, endpoint: 'scopes', ok: false, message }];
  });
}

class WrongAccountError extends Error {}

function accountMessage(integration: IntegrationRow, who: UserProfilePayload): string {
  if (who.account_id === null) throw new WrongAccountError('Zoom did not say which account was authorized.');
  if (integration.zoomAccountId !== null && integration.zoomAccountId !== who.account_id) {
    throw new WrongAccountError(
      'This is another Zoom account than the one whose data is here. Authorize with a user of that account, or deauthorize with its data erased.',
    );
  }
  return 'The account and the authorizing user can be read.';
}

/** One page is proof enough; the listing is told that nobody wants the rest. */
async function firstPage<T>(listing: AsyncGenerator<T>): Promise<T | null> {
  const first = await listing.next();
  await listing.return(undefined);
  return first.done === true ? null : first.value;
}
