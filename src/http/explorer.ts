import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { READY_QUERIES } from './explorer-queries.ts';

/** A page that is sent as it is. */
export interface Explorer {
  html: Buffer;
  gzipped: Buffer;
  contentSecurityPolicy: string;
}

/** Its tabs are cut off at the edge of the window as they come; here they go into a second row. */
const TABS = `
.graphiql-container .graphiql-session-header{height:auto;align-items:flex-start}
.graphiql-tabs{flex-wrap:wrap;row-gap:2px;overflow:visible}
.graphiql-container .graphiql-logo{white-space:nowrap}
`;

let made: Explorer | null = null;

/** The explorer: one page that asks nobody but us for anything. Made at first use, as it is large. */
export function explorer(): Explorer {
  made ??= make();
  return made;
}

function make(): Explorer {
  const html = renderGraphiQL({
    title: 'Zoom licenses',
    endpoint: '/graphql',
    defaultTabs: READY_QUERIES.map(({ query, variables }) => ({
      query,
      ...(variables !== undefined && { variables }),
    })),
  })
    .replace('</style>', `${TABS}</style>`)
    .trim();
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
