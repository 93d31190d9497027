import { accountReads } from './accounts.ts';
import { directory } from './directory.ts';
import { engagement } from './engagement.ts';
import { bulkFeatures } from './features.ts';
import { logReports } from './log-reports.ts';
import { meetingReads } from './meetings.ts';
import { reports } from './reports.ts';
import { userReads } from './users.ts';
import { userWrites } from './user-writes.ts';
import type { Endpoint } from './endpoint.ts';

/** Everything the sandbox plays of Zoom's API. */
export const endpoints: readonly Endpoint[] = [
  ...userReads,
  ...userWrites,
  bulkFeatures,
  ...directory,
  ...meetingReads,
  ...engagement,
  ...reports,
  ...logReports,
  ...accountReads,
];

export interface Match {
  endpoint: Endpoint;
  /** Template with the prefix, if the call had one. */
  pattern: string;
  /** Path parameters, decoded once. */
  params: Record<string, string>;
  /** The account that the path names, `me` or an id; null when it names none. */
  accountId: string | null;
  /** Reached through `/accounts/{accountId}/…`. */
  prefixed: boolean;
}

const compiled = endpoints.map((endpoint) => ({ endpoint, parts: endpoint.path.split('/').slice(1) }));

/** Finds the endpoint of a raw path below `/v2`. Literal parts win over parameters, as the table lists them first. */
export function matchEndpoint(method: string, path: string): Match | null {
  const parts = path.split('/').slice(1);
  const direct = find(method, parts);
  if (direct)
    return { ...direct, pattern: direct.endpoint.path, accountId: direct.params.accountId ?? null, prefixed: false };
  if (parts[0] !== 'accounts' || parts.length < 3) return null;
  const inner = find(method, parts.slice(2));
  if (!inner?.endpoint.prefixable) return null;
  return {
    ...inner,
    pattern: `/accounts/{accountId}${inner.endpoint.path}`,
    accountId: decode(parts[1]!),
    prefixed: true,
  };
}

function find(method: string, parts: string[]): { endpoint: Endpoint; params: Record<string, string> } | null {
  for (const { endpoint, parts: template } of compiled) {
    if (endpoint.method !== method || template.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = template.every((part, i) => {
      if (!part.startsWith('{')) return part === parts[i];
      params[part.slice(1, -1)] = decode(parts[i]!);
      return parts[i] !== '';
    });
    if (fits) return { endpoint, params };
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
