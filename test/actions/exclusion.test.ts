import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExclusion } from '#src/actions/create-exclusion.ts';
import { updateExclusion } from '#src/actions/update-exclusion.ts';
import { deleteExclusion } from '#src/actions/delete-exclusion.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { countExclusions, exclusionsByIds, exclusionsPage } from '#src/datasources/store/exclusions.ts';
import type { CreateExclusionInput } from '#src/schema.generated.ts';
import { ADA, done, draft, refusals } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

const DAY = 86_400_000;
let house: House;
let integrationId: string;
let otherId: string;

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  integrationId = (await draft(house)).id;
  otherId = (await draft(house)).id;
  const { sql } = house.database;
  await sql`insert into users (id, integration_id, account_id, email, status, type, first_seen_at, updated_at)
    values ('usr_1', ${integrationId}, 'acc', 'a@example.com', 'ACTIVE', 'LICENSED', now(), now())`;
  await sql`update users set role_id = 'r-legal' where id = 'usr_1'`;
  await sql`insert into accounts (id, integration_id, zoom_account_id, name, tier) values ('acc', ${integrationId}, 'za', 'Main', 'MASTER'),
    ('acc_sub', ${integrationId}, 'zs', 'Sub', 'SUB')`;
  await sql`insert into licenses (id, integration_id, account_id, unique_id, name, category) values ('lic_1', ${integrationId}, 'acc', 'LICENSED', 'Licensed', 'BASE')`;
  await sql`insert into groups (id, integration_id, account_id, zoom_group_id, name) values ('grp_1', ${integrationId}, 'acc', 'z', 'G')`;
});
afterAll(() => house.close());

const create = (input: Partial<CreateExclusionInput>) =>
  createExclusion(house.deps, ADA, { reason: 'On leave', ...input });

describe('a new exclusion', () => {
  it.each(['userId', 'licenseId', 'groupId', 'subAccountId'] as const)('by %s knows its integration', async (field) => {
    const id = { userId: 'usr_1', licenseId: 'lic_1', groupId: 'grp_1', subAccountId: 'acc_sub' }[field];
    const { exclusion } = done(await create({ [field]: id }));
    expect(exclusion).toMatchObject({
      integrationId,
      [field]: id,
      owner: ADA.sub,
      scope: 'CANDIDATES',
      expiresAt: null,
      reason: 'On leave',
    });
    expect(done(await create({ [field]: id, integrationId })).exclusion.integrationId).toBe(integrationId);
    expect(refusals(await create({ [field]: id, integrationId: otherId }))).toEqual([`NOT_FOUND ${field}`]);
    expect(refusals(await create({ [field]: 'nobody' }))).toEqual([`NOT_FOUND ${field}`]);
  });

  it.each<[Partial<CreateExclusionInput>, object]>([
    [{ emailPattern: ' **@VIP.example.com ' }, { emailPattern: '*@vip.example.com', integrationId: null }],
    [{ emailPattern: 'svc-*' }, { emailPattern: 'svc-*' }],
    [{ emailPattern: 'JÜRGEN+*@exämple.com' }, { emailPattern: 'jürgen+*@exämple.com' }],
    [{ roleId: ' r-legal ' }, { roleId: 'r-legal', integrationId: null }],
    [
      { department: ' Board ', scope: 'BOTH', owner: 'grace' },
      { department: 'Board', scope: 'BOTH', owner: 'grace', integrationId: null },
    ],
  ])('takes %j', async (input, expected) => {
    expect(done(await create(input)).exclusion).toMatchObject(expected);
  });

  it.each<[Partial<CreateExclusionInput>, string[]]>([
    [
      {},
      [
        'INVALID userId',
        'INVALID emailPattern',
        'INVALID licenseId',
        'INVALID groupId',
        'INVALID department',
        'INVALID roleId',
        'INVALID subAccountId',
      ],
    ],
    [{ userId: 'usr_1', department: 'x' }, ['INVALID userId', 'INVALID department']],
    [{ department: 'x', reason: ' ' }, ['INVALID reason']],
    [{ department: ' ' }, ['INVALID department']],
    [{ department: 'x', owner: '' }, ['INVALID owner']],
    [{ department: 'x', expiresAt: new Date(Date.now() - 1000) }, ['INVALID expiresAt']],
    [{ department: 'x', integrationId: 'int_none' }, ['NOT_FOUND integrationId']],
    [{ emailPattern: '*' }, ['INVALID emailPattern']],
    [{ emailPattern: '*@*' }, ['INVALID emailPattern']],
    [{ emailPattern: 'a b@example.com' }, ['INVALID emailPattern']],
    [{ emailPattern: 'a@b@c' }, ['INVALID emailPattern']],
    [{ emailPattern: '' }, ['INVALID emailPattern']],
    [{ emailPattern: `a${'*b'.repeat(11)}` }, ['INVALID emailPattern']],
    [{ roleId: 'r-nobody' }, ['NOT_FOUND roleId']],
    [{ subAccountId: 'acc' }, ['NOT_FOUND subAccountId']],
  ])('refuses %j', async (input, expected) => {
    expect(refusals(await create(input))).toEqual(expected);
  });

  it('is audited', async () => {
    const expiresAt = new Date(Date.now() + DAY);
    const { exclusion } = done(await create({ userId: 'usr_1', expiresAt }));
    const [event] = await auditEventsPage(house.database.sql, { integrationId, first: 1, after: null });
    expect(event).toMatchObject({
      action: 'exclusion.created',
      subject: exclusion.id,
      details: {
        target: 'userId',
        value: 'usr_1',
        scope: 'CANDIDATES',
        expiresAt: expiresAt.toISOString(),
      },
    });
    expect(JSON.stringify(event)).not.toContain('On leave');
  });

  it('is audited without the address that it names', async () => {
    const { exclusion } = done(await create({ emailPattern: 'Grace.*@example.com' }));
    done(await deleteExclusion(house.deps, ADA, { exclusionId: exclusion.id }));
    const events = await auditEventsPage(house.database.sql, { integrationId: null, first: 1, after: null });
    expect(events.map(({ action, subject }) => [action, subject])).toEqual([
      ['exclusion.deleted', exclusion.id],
      ['exclusion.created', exclusion.id],
    ]);
    expect(JSON.stringify(events)).not.toMatch(/grace/i);
  });
});

it('pages newest first, with those for all, and counts', async () => {
  const { sql } = house.database;
  await sql`delete from exclusions`;
  const made: string[] = [];
  for (const [index, of] of [integrationId, undefined, otherId, integrationId].entries()) {
    house.clock.advance(5);
    made.push(done(await create({ department: `D${index}`, ...(of && { integrationId: of }) })).exclusion.id);
  }
  const ids = async (of: string | null, first: number, after: string | null) =>
    (await exclusionsPage(sql, { integrationId: of, first, after })).map(({ id }) => made.indexOf(id));
  expect(await ids(null, 10, null)).toEqual([3, 2, 1, 0]);
  expect(await ids(integrationId, 10, null)).toEqual([3, 1, 0]);
  // One more than asked tells of a next page.
  expect(await ids(integrationId, 1, null)).toEqual([3, 1]);
  expect(await ids(integrationId, 10, made[3] ?? '')).toEqual([1, 0]);
  expect(await countExclusions(sql, integrationId)).toBe(3);
  expect(await countExclusions(sql, null)).toBe(4);
});

it('a lifted exclusion is gone', async () => {
  const { exclusion } = done(await create({ department: 'Lift me' }));
  expect(done(await deleteExclusion(house.deps, ADA, { exclusionId: exclusion.id }))).toMatchObject({
    exclusionId: exclusion.id,
  });
  expect(await exclusionsByIds(house.database.sql, [exclusion.id])).toEqual([null]);
  expect(refusals(await deleteExclusion(house.deps, ADA, { exclusionId: exclusion.id }))).toEqual([
    'NOT_FOUND exclusionId',
  ]);
});

describe('a changed exclusion', () => {
  const update = (exclusionId: string, input: object) => updateExclusion(house.deps, ADA, { exclusionId, ...input });

  it('keeps what is left out, and says what changed', async () => {
    const { exclusion } = done(await create({ department: 'Board' }));
    const expiresAt = new Date(Date.now() + DAY);
    expect(done(await update(exclusion.id, { expiresAt, reason: ' Moves out ' })).exclusion).toEqual({
      ...exclusion,
      expiresAt,
      reason: 'Moves out',
    });
    const [event] = await auditEventsPage(house.database.sql, { integrationId: null, first: 1, after: null });
    expect(event).toMatchObject({
      action: 'exclusion.updated',
      subject: exclusion.id,
      details: {
        reason: 'changed',
        expiresAt: { from: null, to: expiresAt.toISOString() },
        skippedCandidates: 0,
      },
    });
    expect(done(await update(exclusion.id, { expiresAt: null })).exclusion.expiresAt).toBeNull();
  });

  it('that says nothing new leaves no trace', async () => {
    const { exclusion } = done(await create({ department: 'Board' }));
    const last = async () => auditEventsPage(house.database.sql, { integrationId: null, first: 1, after: null });
    const before = await last();
    expect(done(await update(exclusion.id, { reason: 'On leave', scope: 'CANDIDATES' })).exclusion).toEqual(exclusion);
    expect(await last()).toEqual(before);
  });

  it.each<[object, string[]]>([
    [{ reason: '' }, ['INVALID reason']],
    [{ owner: ' ' }, ['INVALID owner']],
    [{ expiresAt: new Date(Date.now() - DAY) }, ['INVALID expiresAt']],
  ])('is refused with %j', async (input, expected) => {
    const { exclusion } = done(await create({ department: 'Board' }));
    expect(refusals(await update(exclusion.id, input))).toEqual(expected);
    expect(refusals(await update('exc_none', { reason: 'x' }))).toEqual(['NOT_FOUND exclusionId']);
  });
});
