import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar } from '#sandbox/index.ts';
import { getLockSettings, getManagedDomains, getTrustedDomains } from '#src/datasources/zoom/account-settings.ts';
import type { ZoomClient } from '#src/datasources/zoom/client.ts';
import { listGroupMembers, listGroups } from '#src/datasources/zoom/groups.ts';
import {
  countMeetingRegistrants,
  countWebinarRegistrants,
  listPastMeetingPolls,
  listPastWebinarPolls,
  pollsIn,
} from '#src/datasources/zoom/meeting-extras.ts';
import { getDailyUsage, listAccountRecordings, listOperationLogs } from '#src/datasources/zoom/usage-reports.ts';
import {
  toCloudRecordingEntry,
  toDailyUsageEntries,
  toOperationLogEntry,
  toSignInEntry,
} from '#src/datasources/zoom/usage-to-row.ts';
import { connectedIntegration, openHouse, type House } from '#test/support/house.ts';
import { DAY, makePaid } from '#test/support/worlds.ts';

let house: House;
let zoom: ZoomClient;
const placed = { meeting: '', plain: '', webinar: '', meetingUuid: '', plainUuid: '', webinarUuid: '' };
const day = (offset: number) => new Date(house.clock.now().getTime() + offset * DAY).toISOString().slice(0, 10);
const window = () => ({ from: day(-27), to: day(0) });
const all = async <T>(pages: AsyncGenerator<T[]>) => (await Array.fromAsync(pages)).flat();

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    world: (world) => {
      const host = makePaid(world, 'host', 1, { webinarCapacity: 500, groupIds: ['grp'] });
      world.regular.groups.push({ id: 'grp', name: 'Group' });
      const startAt = world.now() - 3 * DAY;
      const guests = { participants: [{ name: 'Guest' }] };
      const meeting = addPastMeeting(world, {
        hostId: host.id,
        startAt,
        type: 8,
        uuid: '/starts//odd==',
        polls: 2,
        registrants: 7,
        recordingFiles: 3,
        ...guests,
      });
      const plain = addPastMeeting(world, { hostId: host.id, startAt, ...guests });
      const webinar = addPastWebinar(world, { hostId: host.id, startAt, polls: 1, registrants: 4, ...guests });
      Object.assign(placed, {
        meeting: String(meeting.meetingId),
        plain: String(plain.meetingId),
        webinar: String(webinar.meetingId),
        meetingUuid: meeting.uuid,
        plainUuid: plain.uuid,
        webinarUuid: webinar.uuid,
      });
      world.regular.operationLogs.push({
        at: startAt,
        operator: 'admin@example.com',
        category: 'user',
        action: 'Update',
        detail: 'Something',
      });
    },
  });
  const integration = await connectedIntegration(house);
  zoom = house.deps.zoom.forIntegration(integration.id);
});
afterEach(() => house.sandbox.faults.clear());
afterAll(() => house.close());

const answers = (path: string, status: number, body: unknown) =>
  house.sandbox.faults.add({ match: { path }, times: Infinity, action: { status, body } });

describe('the account and its reports, through the client', () => {
  it('are read by every function', async () => {
    expect((await all(listGroups(zoom))).map((group) => group.id)).toContain('grp');
    expect((await all(listGroupMembers(zoom, 'grp'))).map((member) => member.email)).toEqual(['host@example.com']);
    expect(await getLockSettings(zoom)).toHaveProperty('in_meeting');
    expect((await getManagedDomains(zoom)).domains[0]).toMatchObject({ status: expect.any(String) });
    expect((await getTrustedDomains(zoom)).trusted_domains).toEqual(house.sandbox.world.regular.trustedDomains);
    expect((await all(listOperationLogs(zoom, window()))).map((log) => log.operation_detail)).toContain('Something');
    const [recorded, ...others] = await all(listAccountRecordings(zoom, window()));
    expect(others).toEqual([]);
    expect(recorded).toMatchObject({ uuid: placed.meetingUuid, recording_count: 3 });
    const now = house.clock.now();
    const { dates } = await getDailyUsage(zoom, now.getUTCFullYear(), now.getUTCMonth() + 1);
    expect(dates[0]).toMatchObject({ date: expect.stringMatching(/-01$/), meetings: expect.any(Number) });
  });

  it('polls are counted by their ids, also of meetings whose UUIDs have slashes', async () => {
    expect(pollsIn(await listPastMeetingPolls(zoom, placed.meetingUuid))).toBe(2);
    expect(pollsIn(await listPastMeetingPolls(zoom, placed.plainUuid))).toBe(0);
    expect(pollsIn(await listPastWebinarPolls(zoom, placed.webinarUuid))).toBe(1);
    const answer = (...ids: (string | null)[]) => ({ question_details: ids.map((polling_id) => ({ polling_id })) });
    expect(pollsIn({ questions: [answer('a', 'b'), answer('b'), answer(null, null)] })).toBe(3);
  });

  it('registrations are counted by one small page; none where registration is off', async () => {
    house.sandbox.calls.length = 0;
    expect(await countMeetingRegistrants(zoom, placed.meeting)).toBe(7);
    expect(house.sandbox.calls.map((call) => call.url)).toEqual([
      `/v2/meetings/${placed.meeting}/registrants?page_size=1`,
    ]);
    expect(await countMeetingRegistrants(zoom, placed.plain)).toBe(0);
    // A number that Zoom forgot tells nothing, and is no zero.
    await expect(countMeetingRegistrants(zoom, '123')).rejects.toMatchObject({ kind: 'NOT_FOUND', zoomCode: 3001 });
    await expect(countWebinarRegistrants(zoom, '123')).rejects.toMatchObject({ kind: 'NOT_FOUND' });
    expect(await countWebinarRegistrants(zoom, placed.webinar)).toBe(4);
    answers('/meetings/{meetingId}/registrants', 200, { total_records: '12', registrants: [] });
    expect(await countMeetingRegistrants(zoom, placed.meeting)).toBe(12);
  });

  it.each([
    ['another refusal', 400, { code: 200, message: 'No.' }, 'FORBIDDEN'],
    ['a missing scope', 400, { code: 4711, message: 'does not contain scopes:[a:b:c].' }, 'SCOPE'],
    ['a page without a count', 200, { registrants: [] }, 'BAD_ANSWER'],
  ])('registrations: %s is no zero', async (_, status, body, kind) => {
    answers('/meetings/{meetingId}/registrants', status, body);
    await expect(countMeetingRegistrants(zoom, placed.meeting)).rejects.toMatchObject({ kind });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['/accounts/{accountId}/lock_settings', () => getLockSettings(zoom)],
    ['/accounts/{accountId}/managed_domains', () => getManagedDomains(zoom)],
    ['/accounts/{accountId}/trusted_domains', () => getTrustedDomains(zoom)],
    ['/report/daily', () => getDailyUsage(zoom, 2026, 1)],
    ['/report/operationlogs', () => all(listOperationLogs(zoom, window()))],
    ['/accounts/{accountId}/recordings', () => all(listAccountRecordings(zoom, window()))],
    ['/past_meetings/{meetingId}/polls', () => listPastMeetingPolls(zoom, placed.meetingUuid)],
  ])('%s: a page of HTML and a refusal with HTTP 200 are errors, no empty answers', async (path, read) => {
    answers(path, 200, '<html>Sign in</html>');
    await expect(read()).rejects.toMatchObject({ kind: 'BAD_ANSWER' });
    house.sandbox.faults.clear();
    answers(path, 200, { code: 200, message: 'Only available for paid account.' });
    await expect(read()).rejects.toMatchObject({ kind: 'FORBIDDEN' });
  });
});

describe('what they say, as rows', () => {
  const activity = {
    email: 'Ada@Example.com ',
    time: '2026-03-01T09:00:00Z',
    type: 'Sign in',
    client_type: 'Browser',
    version: '-',
  };
  const byEmail = new Map([['ada@example.com', 'usr_1']]);

  it('sign-ins belong to whoever has the address; a dash is no version', () => {
    expect(toSignInEntry(activity, byEmail)).toEqual({
      email: 'ada@example.com',
      at: '2026-03-01T09:00:00.000Z',
      kind: 'SIGN_IN',
      userId: 'usr_1',
      clientType: 'Browser',
      clientVersion: null,
    });
    expect(toSignInEntry({ ...activity, type: 'Sign out' }, new Map())).toMatchObject({
      kind: 'SIGN_OUT',
      userId: null,
    });
  });

  it('a word that is new to us counts as somebody having been there; nobody at no time does not', () => {
    expect(toSignInEntry({ ...activity, type: 'Passkey' }, byEmail)).toMatchObject({ kind: 'SIGN_IN' });
    expect(toSignInEntry({ ...activity, type: null }, byEmail)).toMatchObject({ kind: 'SIGN_IN' });
    expect(toSignInEntry({ ...activity, email: null }, byEmail)).toBeNull();
    expect(toSignInEntry({ ...activity, time: null }, byEmail)).toBeNull();
  });

  it('days that are still to come, or lack a figure, are not known', () => {
    const figures = { new_users: 1, meetings: 2, participants: 3, meeting_minutes: 4 };
    const dates = [
      { ...figures, date: '2026-03-01' },
      { ...figures, date: '2026-03-02', meetings: null },
      { ...figures, date: '2026-03-03T00:00:00Z' },
      { ...figures, date: '2026-03-04' },
    ];
    expect(toDailyUsageEntries({ dates }, '2026-03-03')).toEqual([
      { day: '2026-03-01', newUsers: 1, meetings: 2, participants: 3, meetingMinutes: 4 },
      { day: '2026-03-03', newUsers: 1, meetings: 2, participants: 3, meetingMinutes: 4 },
    ]);
  });

  it('recordings begin with their files where Zoom tells no start; operations without a time are none', () => {
    const meeting = { uuid: 'u==', id: '1', host_id: 'zoom-1', start_time: null, recording_count: null };
    const files = [{ recording_start: '2026-03-01T09:00:00Z' }, { recording_start: null }];
    expect(toCloudRecordingEntry({ ...meeting, recording_files: files }, new Map([['zoom-1', 'usr_1']]))).toEqual({
      uuid: 'u==',
      hostUserId: 'usr_1',
      startTime: '2026-03-01T09:00:00.000Z',
      recordingCount: 2,
    });
    expect(toCloudRecordingEntry({ ...meeting, recording_files: [] }, new Map())).toBeNull();
    const log = { time: null, operator: 'a', category_type: 'b', action: 'c', operation_detail: 'd' };
    expect(toOperationLogEntry(log)).toBeNull();
  });
});
