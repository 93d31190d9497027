import { auditEventsPage, countAuditEvents } from '../datasources/store/audit.ts';
import { columnTerm } from '../datasources/store/keyset.ts';
import { pageBy } from '../datasources/store/page.ts';
import type { AuditEventRow } from '../db/tables/rows.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';

const NEWEST_FIRST = columnTerm<AuditEventRow>('position', 'position', 'bigint', { descending: true });

export const auditResolvers: Resolvers = {
  Query: {
    auditEvents: (_, { integrationId = null, filter, ...args }, { deps: { database } }) =>
      pageBy(
        'audit events',
        NEWEST_FIRST,
        args,
        (first, after) =>
          auditEventsPage(database.sql, { integrationId, filter, first, after: after as number | null }),
        () => countAuditEvents(database.sql, { integrationId, filter }),
      ),
  },
  AuditEvent: {
    __resolveReference: ({ id }, { load }) => load.auditEventById.load(id),
  },
  AuditEventConnection: connection(),
};
