import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

/** A page that is sent as it is. */
export interface Explorer {
  html: Buffer;
  gzipped: Buffer;
  contentSecurityPolicy: string;
}

/** What the explorer shows at first: queries that work as they are, but for ids. */
export const GREETING = `# Who holds which Zoom license, who uses it, and what the unused ones cost.
#
# Put your token below, under "Headers": { "Authorization": "Bearer …" }

query Licenses {
  integrations {
    displayName
    status
    account {
      name
      licenses {
        name
        assigned
        inactive
        neverActive
        compliance { position delta }
      }
    }
  }
}

query PaidButNotNeeded($integrationId: ID!) {
  users(integrationId: $integrationId, filter: { type: { eq: LICENSED }, wouldBasicSuffice: { eq: true } }, first: 20) {
    totalCount
    nodes {
      email
      department
      activity { lastActivityAt basicSufficiency { longMeetingsHosted largestMeeting notLookedAt windowFrom } }
    }
  }
}

query Departments($integrationId: ID!) {
  usersBy(integrationId: $integrationId, field: DEPARTMENT) {
    facets { value count active inactive reclaimableAnnualCost { amount currency } }
  }
}

query Weeks($integrationId: ID!) {
  activitySeries(integrationId: $integrationId, by: WEEK) { start activeUsers hosts joiners longMeetingsHosted isComplete }
}

query NextSync($integrationId: ID!) {
  syncPlan(integrationId: $integrationId) {
    calls { light medium heavy }
    expectedSeconds
    note
    tasks { task lines { endpoint label calls isEstimate why } }
  }
}
`;

let made: Explorer | null = null;

/** The explorer: one page that asks nobody but us for anything. Made at first use, as it is large. */
export function explorer(): Explorer {
  made ??= make();
  return made;
}

function make(): Explorer {
  const html = renderGraphiQL({ title: 'Zoom licenses', endpoint: '/graphql', defaultQuery: GREETING }).trim();
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);
  const hashes = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return {
    html: Buffer.from(html),
    gzipped: gzipSync(html),
    contentSecurityPolicy: [
      "default-src 'none'",
      `script-src ${hashes.join(' ')}`,
      // The editor writes its styles while it runs.
      "style-src 'unsafe-inline'",
      'worker-src blob:',
      "connect-src 'self'",
      "img-src 'self' data:",
      'font-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}
