import { auditEventsPage, countAuditEvents } from '../datasources/store/audit.ts';
import { columnTerm } from '../datasources/store/keyset.ts';
import { pageBy } from '../datasources/store/page.ts';
import type { AuditEventRow } from '../db/tables/rows.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';

const BY_AGE = columnTerm<AuditEventRow>('seq', 'seq', 'bigint');

export const auditResolvers: Resolvers = {
  Query: {
    auditEvents: (_, { integrationId = null, ...args }, { deps: { database } }) =>
      pageBy(
        'audit events',
        BY_AGE,
        args,
        (first, after) => auditEventsPage(database.sql, { integrationId, first, after: after as number | null }),
        () => countAuditEvents(database.sql, integrationId),
      ),
  },
  AuditEvent: {
    __resolveReference: ({ id }, { load }) => load.auditEventById.load(id),
  },
  AuditEventConnection: connection(),
};
