import type { PgTable } from 'drizzle-orm/pg-core';
import { accounts, groups, licenses, meetingParticipants, meetings, signIns, users } from '../../db/tables/index.ts';
import { Later, type NamedBy, type Values } from './batch.ts';
import { instantText } from './keyset.ts';
import { BASE_FIRST, countsOfLicenses, IS_OF_LISTED, SHOWN_NAME, SHOWN_USER_TYPE } from './licenses.ts';
import { meetingsOfHost, participantsOfMeeting } from './meetings.ts';
import type { PageArgs, Source } from './page.ts';
import { signInsOfUser } from './sign-ins.ts';
import { inactiveDaysOf, ZOOM_USER_ID } from './user-columns.ts';
import { MEANT_BY_EMAIL, usersOf, type UserQuery, type UserScope } from './users.ts';

/**
 * What of the schema is also known in SQL, so that a whole answer can be written by one statement (`json-text.ts`). What
 * stands here must say the same as the resolver of its field; `test/http/compiled-reads.test.ts` asks both and compares.
 * What doesn't stand here is answered by resolvers alone.
 */
export interface Shape {
  /** Its columns answer the fields of the same name that have no resolver. */
  table: PgTable;
  /** SQL of fields that have one, by the row `t`. */
  fields?: Readonly<Record<string, FieldText>>;
  links?: Readonly<Record<string, Link>>;
  /** How it is found by a key of the federation: `t`, by `k.key`. */
  keys?: Readonly<Record<string, Key>>;
}

export type FieldText = string | ((asked: Asked) => string);

/** What a text may depend on. */
export interface Asked {
  values: Values;
}

/** The moment of the request: it differs from one to the next, and so is no text. */
const nowIn = ({ values }: Asked) => values.addLater(({ now }) => now.toISOString(), 'timestamptz');

/** A text that was sent, or will be, as `keep` makes it. */
const textIn = (value: unknown, { values }: Asked, keep = (text: string) => text) =>
  value instanceof Later
    ? values.addLater((given) => keep(value.read(given)), 'text')
    : values.add(keep(String(value)), 'text');

/** Rows `t` that are found by what `k` names. */
interface Rows {
  from: string;
  where: string;
  order?: string;
}

/** How an entity is found by `k.key`; `keep` makes of what a caller sends what is kept. */
export type Key = Rows & { keep?: (key: string) => string };

/**
 * Where a field leads to: another object of the same row, one row, all rows, or a page of rows. `key` is what they are
 * found by, as columns of `k`, by the row `t` that the field belongs to.
 */
export type Link =
  | { kind: 'same' }
  | ({ kind: 'one' | 'many'; key: string; shape?: Shape } & Rows)
  | { kind: 'page'; key: string; source: (args: ListArgs, now: Date) => Source<never> };

/** Arguments of any list. */
export type ListArgs = PageArgs & UserQuery;

const page = <Row>(source: Source<Row>): Link => ({
  kind: 'page',
  key: 't.id as key',
  source: () => source as unknown as Source<never>,
});

const usersPage = (scope: UserScope, key = 't.id as key'): Link => ({
  kind: 'page',
  key,
  source: ({ filter, orderBy }, now) => usersOf(scope, { filter, orderBy }, now) as unknown as Source<never>,
});

const byId = (table: string): Record<'id', Key> => ({ id: { from: `${table} t`, where: 't.id = k.key' } });
const ofIntegration = (text: string) =>
  `(select ${text.replaceAll('l.', 't.')} from integrations i where i.id = t.integration_id)`;
const instantOfAccount = (column: string) =>
  `(select ${instantText(`a.${column}`)} from accounts a where a.id = t.account_id)`;

const account = {
  account: {
    kind: 'one',
    key: '(select coalesce(a.master_id, a.id) from accounts a where a.id = t.account_id) as key',
    from: 'accounts t',
    where: 't.id = k.key',
  },
  subAccount: { kind: 'one', key: 't.account_id as key', from: 'accounts t', where: "t.id = k.key and t.tier = 'SUB'" },
} as const satisfies Record<string, Link>;

const USER_KEYS = {
  ...byId('users'),
  email: { ...MEANT_BY_EMAIL, where: 't.email = k.key', keep: (email: string) => email.trim().toLowerCase() },
};

const LICENSE: Shape = {
  table: licenses,
  fields: { name: ofIntegration(SHOWN_NAME), userType: ofIntegration(SHOWN_USER_TYPE) },
  links: { ...account, users: usersPage('license') },
  keys: byId('licenses'),
};

/** Licenses with the counts `c`, which are cheap to have for many at once. */
const COUNTED_LICENSE: Shape = {
  ...LICENSE,
  fields: {
    ...LICENSE.fields,
    assigned: 'coalesce(c.assigned, 0)',
    active: 'coalesce(c.active, 0)',
    inactive: 'coalesce(c.inactive, 0)',
    neverActive: 'coalesce(c."neverActive", 0)',
  },
};

/** What is known of each type. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  User: {
    table: users,
    fields: { zoomUserId: ZOOM_USER_ID, isZoomRoom: 't.is_room' },
    links: {
      ...account,
      activity: { kind: 'same' },
      licenses: {
        kind: 'many',
        key: 't.id as key',
        from: 'license_assignments h join licenses t on t.id = h.license_id',
        where: 'h.user_id = k.key',
        order: BASE_FIRST,
      },
      groups: {
        kind: 'many',
        key: 't.account_id as key, t.group_ids as ids',
        from: 'groups t',
        where: 't.account_id = k.key and t.zoom_group_id = any(k.ids) and t.removed_at is null',
        order: 't.name, t.id',
      },
      meetings: page(meetingsOfHost),
      signIns: page(signInsOfUser),
    },
    keys: USER_KEYS,
  },
  UserActivity: {
    table: users,
    fields: {
      inactiveDays: (asked) => inactiveDaysOf(nowIn(asked)),
      neverActive: '(t.last_activity_at is null)',
      knownFrom: instantOfAccount('activity_known_from'),
      knownUntil: instantOfAccount('activity_known_until'),
    },
  },
  License: LICENSE,
  Meeting: {
    table: meetings,
    fields: { topic: 't.topic' },
    links: {
      host: { kind: 'one', key: 't.host_user_id as key', from: 'users t', where: 't.id = k.key' },
      participants: page(participantsOfMeeting),
    },
    keys: byId('meetings'),
  },
  Participant: {
    table: meetingParticipants,
    links: { user: { kind: 'one', key: 't.user_id as key', from: 'users t', where: 't.id = k.key' } },
  },
  SignIn: { table: signIns },
  Group: { table: groups, links: { users: usersPage('group') }, keys: byId('groups') },
  Account: {
    table: accounts,
    fields: { tier: "case when t.tier = 'MASTER' then 'MASTER' else 'REGULAR' end" },
    links: { users: usersPage('account') },
  },
  SubAccount: { table: accounts, links: { users: usersPage('subAccount') } },
};

const KEYS = new Map(Object.entries(SHAPES).map(([type, { keys = {} }]) => [type, Object.keys(keys)]));

/** How a representation of the federation names its entity; null where it names none that is known in SQL. */
export function namedBy(representation: unknown): NamedBy | null {
  if (typeof representation !== 'object' || representation === null) return null;
  const one = representation as Readonly<Record<string, unknown>>;
  const type = one['__typename'];
  if (typeof type !== 'string') return null;
  const key = KEYS.get(type)?.find((name) => one[name] != null);
  return key !== undefined && typeof one[key] === 'string' ? { type, key } : null;
}

type Root = (args: Readonly<Record<string, unknown>>, asked: Asked) => Link | null;

const rootKey = (value: unknown, asked: Asked, keep?: (text: string) => string) =>
  `${textIn(value, asked, keep)} as key`;
const oneById =
  (rows: Rows): Root =>
  ({ id }, asked) => ({ kind: 'one', key: rootKey(id, asked), ...rows });

/** Arguments of `Query` that become values, whatever text they hold: there a `Later` may stand. */
export const LATER_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  user: ['id', 'email'],
  users: ['integrationId'],
  meeting: ['id'],
  license: ['id'],
  licenses: ['integrationId'],
};

/** What is known of `Query`, by the arguments; null for those that only resolvers understand. */
export const ROOTS: Readonly<Record<string, Root>> = {
  user: ({ id, email }, asked) => {
    const { keep, ...byEmail } = USER_KEYS.email;
    if (id == null) {
      return email == null ? null : { kind: 'one', key: rootKey(email, asked, keep), ...byEmail };
    }
    if (email == null) return oneById(USER_KEYS.id)({ id }, asked);
    const key = `${rootKey(id, asked)}, ${textIn(email, asked, keep)} as email`;
    return { kind: 'one', key, from: 'users t', where: 't.id = k.key and t.email = k.email' };
  },
  users: ({ integrationId }, asked) =>
    usersPage(integrationId == null ? 'all' : 'integration', rootKey(integrationId ?? '', asked)),
  meeting: oneById(byId('meetings').id),
  license: oneById(byId('licenses').id),
  licenses: ({ integrationId, managed }, asked) => {
    const which = integrationId == null ? 'true' : `t.integration_id = ${textIn(integrationId, asked)}`;
    const counted = countsOfLicenses(which, nowIn(asked));
    const isManaged = managed == null ? '' : ` and t.managed = ${asked.values.add(managed as boolean, 'boolean')}`;
    return {
      kind: 'many',
      key: rootKey(integrationId ?? '', asked),
      from: `licenses t left join (${counted}) c on c.id = t.id`,
      where: `${integrationId == null ? '' : 't.integration_id = k.key and '}${IS_OF_LISTED}${isManaged}`,
      order: BASE_FIRST,
      shape: COUNTED_LICENSE,
    };
  },
};
