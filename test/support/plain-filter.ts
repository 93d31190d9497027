import type { AccountRow, GroupRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { countedTypes } from '#src/policy/counted-types.ts';
import { inactiveDays } from '#src/policy/inactivity.ts';
import type { UserFilter } from '#src/schema.generated.ts';

type Value = string | number | boolean | Date | null;
export type Comparators = Record<string, unknown>;
const plain = (value: unknown): string | number | boolean | null =>
  value instanceof Date
    ? value.getTime()
    : typeof value === 'string'
      ? value.toLowerCase()
      : (value as number | boolean | null);

function matches(value: Value, filter: Comparators): boolean {
  const mine = plain(value);
  return Object.entries(filter).every(([comparator, wanted]) => {
    if (wanted == null) return true;
    const theirs = plain(wanted)!;
    const list = Array.isArray(wanted) ? wanted.map(plain) : [];
    if (comparator === 'isNull') return (mine === null) === wanted;
    if (comparator === 'ne') return mine !== theirs;
    if (comparator === 'notIn') return mine === null || !list.includes(mine);
    if (mine === null) return false;
    if (comparator === 'eq') return mine === theirs;
    if (comparator === 'in') return list.includes(mine);
    if (comparator === 'contains') return String(mine).includes(String(theirs));
    if (comparator === 'startsWith') return String(mine).startsWith(String(theirs));
    if (comparator === 'lt') return mine < theirs;
    if (comparator === 'lte') return mine <= theirs;
    if (comparator === 'gt') return mine > theirs;
    if (comparator === 'gte') return mine >= theirs;
    throw new Error(comparator);
  });
}

function has(ids: readonly string[], filter: Comparators): boolean {
  return Object.entries(filter).every(([comparator, wanted]) => {
    if (wanted == null) return true;
    if (comparator === 'isNull') return (ids.length === 0) === wanted;
    const isThere = (Array.isArray(wanted) ? (wanted as string[]) : [wanted as string]).some((id) => ids.includes(id));
    return comparator === 'eq' || comparator === 'in' ? isThere : !isThere;
  });
}

function hasText(texts: readonly string[], filter: Comparators): boolean {
  return Object.entries(filter).every(([comparator, wanted]) => {
    if (wanted == null) return true;
    if (comparator === 'isNull') return (texts.length === 0) === wanted;
    if (comparator === 'ne') return !texts.some((text) => matches(text, { eq: wanted }));
    if (comparator === 'notIn') return !texts.some((text) => matches(text, { in: wanted }));
    return texts.some((text) => matches(text, { [comparator]: wanted }));
  });
}

/** What there is besides users. */
export interface FilterWorld {
  integrations: readonly IntegrationRow[];
  accounts: readonly AccountRow[];
  licenses: readonly LicenseRow[];
  groups: readonly GroupRow[];
  /** Ids of the licenses held, by user. */
  holders: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a filter of users means, said a second time and in other words. Who left is not looked at. */
export function isFound(user: UserRow, filter: UserFilter, world: FilterWorld, now: Date): boolean {
  const { accounts, integrations, licenses, groups, holders } = world;
  const holds = (inner: UserFilter) => isFound(user, inner, world, now);
  const account = accounts.find(({ id }) => id === user.accountId)!;
  const options = integrations.find(({ id }) => id === user.integrationId)!;
  const isCounted = countedTypes(options).includes(user.type);
  return Object.entries(filter).every(([field, wanted]) => {
    if (wanted == null || field === 'includeRemoved') return true;
    const condition = wanted as Comparators;
    switch (field) {
      case 'and':
        return (wanted as UserFilter[]).every((inner) => holds(inner));
      case 'or':
        return (wanted as UserFilter[]).some((inner) => holds(inner));
      case 'not':
        return (
          !holds(wanted as UserFilter) && (isCounted || !/"(inactiveDays|neverActive)"/.test(JSON.stringify(wanted)))
        );
      case 'search':
        return [user.email, user.firstName, user.lastName, user.displayName].some((text) =>
          text?.toLowerCase().includes((wanted as string).toLowerCase()),
        );
      case 'license':
        return has([...(holders.get(user.id) ?? [])], condition);
      case 'licenseUniqueId':
        return hasText(
          licenses.filter(({ id }) => holders.get(user.id)?.has(id) === true).map(({ uniqueId }) => uniqueId),
          condition,
        );
      case 'isZoomRoom':
        return matches(user.isRoom, condition);
      case 'account':
        return has([account.masterId ?? account.id], condition);
      case 'group':
        return has(
          groups
            .filter((group) => group.accountId === user.accountId && user.groupIds.includes(group.zoomGroupId))
            .map(({ id }) => id),
          condition,
        );
      case 'subAccount':
        return matches(account.tier === 'SUB' ? account.id : null, condition);
      case 'inactiveDays':
        return isCounted && matches(inactiveDays(user, now), condition);
      case 'neverActive':
        return isCounted && matches(user.lastActivityAt === null, condition);
      case 'zoomUserId':
        return matches(user.status === 'PENDING' ? null : user.zoomUserId, condition);
      default:
        return matches(user[field as keyof UserRow] as Value, condition);
    }
  });
}
