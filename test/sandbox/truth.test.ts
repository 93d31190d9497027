import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar, makeUser, startSandbox } from '#sandbox/index.ts';
import { connect, isoDay } from './caller.ts';
import type { Sandbox, SandboxUser, TruthUser } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

const NOW = Date.parse('2026-05-20T10:00:00Z');
const DAY = 86_400_000;
const ago = (days: number) => NOW - days * DAY;
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

let sandbox: Sandbox;
let host: SandboxUser;
let guest: SandboxUser;

async function start(users: number): Promise<Caller> {
  sandbox = await startSandbox({ users, now: () => NOW, rateLimits: false });
  return connect(sandbox);
}
const truth = (user = host, since?: number): TruthUser =>
  sandbox.truth(undefined, since).users.find((one) => one.email === user.email)!;

afterEach(() => sandbox.close());

describe('what a Basic user could not do', () => {
  beforeEach(async () => {
    await start(0);
    host = makeUser(sandbox.world);
    guest = makeUser(sandbox.world);
  });
  const meet = (days: number, more: object = {}) =>
    addPastMeeting(sandbox.world, {
      hostId: host.id,
      startAt: ago(days),
      participants: [{ userId: guest.id }],
      ...more,
    });

  it('is nothing: a short meeting, a long one alone, a long one before the window', () => {
    meet(1, { minutes: 40 });
    meet(2, { minutes: 300, participants: [] });
    meet(61, { minutes: 90 });
    expect(truth()).toMatchObject({
      wouldBasicSuffice: true,
      longMeetingsHosted: 0,
      lastLongMeetingHostedAt: iso(ago(61)),
      largestMeeting: 2,
      meetingsHosted: 1,
    });
    expect(truth(host, ago(62))).toMatchObject({ wouldBasicSuffice: false, longMeetingsHosted: 1 });
    expect(truth(guest)).toMatchObject({ wouldBasicSuffice: true, largestMeeting: null, meetingsJoined: 1 });
  });

  it('is a meeting of 41 minutes with two people', () => {
    meet(3, { minutes: 41 });
    expect(truth()).toMatchObject({
      wouldBasicSuffice: false,
      longMeetingsHosted: 1,
      lastLongMeetingHostedAt: iso(ago(3)),
    });
  });

  it('is a webinar', () => {
    addPastWebinar(sandbox.world, { hostId: host.id, startAt: ago(5), minutes: 60 });
    expect(truth()).toMatchObject({ wouldBasicSuffice: false, webinarsHosted: 1, longMeetingsHosted: 0 });
  });

  it('is a meeting with more than a hundred people', () => {
    const people = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `Guest ${i}` }));
    meet(5, { participants: people(99) });
    expect(truth()).toMatchObject({ wouldBasicSuffice: true, largestMeeting: 100 });
    meet(4, { participants: people(100) });
    expect(truth()).toMatchObject({ wouldBasicSuffice: false, largestMeeting: 101 });
  });

  it('is a cloud recording, however many files', () => {
    meet(6, { recordingFiles: 3 });
    meet(70, { recordingFiles: 1 });
    expect(truth()).toMatchObject({
      wouldBasicSuffice: false,
      cloudRecordings: 1,
      lastCloudRecordingAt: iso(ago(6)),
    });
  });

  it('is a poll, counted once whatever the questions and answers', () => {
    meet(6, { polls: [{ pollId: 'a' }, { pollId: 'a' }, { pollId: 'b' }] });
    meet(7, { polls: [{ answers: 0 }] });
    meet(70, { polls: 4 });
    expect(truth()).toMatchObject({ wouldBasicSuffice: false, pollsHeld: 2 });
    expect(truth(host, ago(71)).pollsHeld).toBe(6);
  });

  it('is a registration, counted once a series, of those who were let in', () => {
    const first = meet(9, { type: 8, registrants: [{}, {}, { status: 'denied' }] });
    meet(2, { meetingId: first.meetingId });
    expect(truth()).toMatchObject({ wouldBasicSuffice: false, registrants: 2, registrantsEver: 2 });
    meet(40, { registrants: 5 });
    expect(truth()).toMatchObject({ registrants: 2, registrantsEver: 7 });
    meet(70, { type: 8, registrants: 1 });
    expect(truth()).toMatchObject({ registrants: 2, registrantsEver: 7 });
  });
});

describe('a person', () => {
  it('is told as the profile has it', async () => {
    await start(0);
    const [first, second] = sandbox.world.regular.groups;
    host = makeUser(sandbox.world, {
      jobTitle: 'Engineer',
      costCenter: 'C1',
      location: 'Oslo',
      manager: 'boss@northwind.example',
      groupIds: [second!.id, first!.id],
      zoomOneType: 2 ** 59,
      licenseInfos: [{ licenseType: 'MEETING', licenseOption: 2, subscriptionId: 'S' }],
      webinarCapacity: 500,
      largeMeetingCapacity: 1000,
      clientVersion: '6.1 (mac)',
      lastLoginAt: ago(1),
      shownLastLoginAt: ago(2),
      isServiceAccount: true,
    });
    expect(truth()).toMatchObject({
      jobTitle: 'Engineer',
      costCenter: 'C1',
      location: 'Oslo',
      manager: 'boss@northwind.example',
      groups: [first!.name, second!.name],
      zoomOneType: '576460752303423488',
      licenseInfos: [{ licenseType: 'MEETING', licenseOption: 2, subscriptionId: 'S' }],
      meetingCapacity: 300,
      webinarCapacity: 500,
      largeMeetingCapacity: 1000,
      clientVersion: '6.1 (mac)',
      lastSignInAt: iso(ago(1)),
      lastLoginAt: iso(ago(2)),
      isServiceAccount: true,
    });
  });
});

describe('the API', () => {
  it('says what is true of a whole world: sign-ins, recordings, polls, registrants', async () => {
    const zoom = await start(150);
    const from = Date.parse(isoDay(ago(30)));
    const users = sandbox.truth(undefined, from).users;
    const span = `from=${isoDay(from)}&to=${isoDay(NOW)}`;
    const all = async (path: string, items: string): Promise<any[]> => {
      const list: any[] = [];
      let token = '';
      do {
        const { status, body } = await zoom.get(`${path}&page_size=300&next_page_token=${token}`);
        expect(status).toBe(200);
        list.push(...body[items]);
        token = body.next_page_token;
      } while (token !== '');
      return list;
    };

    const lastSignIns = new Map<string, string>();
    for (const log of await all(`/report/activities?${span}`, 'activity_logs'))
      if (log.type === 'Sign in' && !lastSignIns.has(log.email)) lastSignIns.set(log.email, log.time);
    const recent = users.filter((user) => user.lastSignInAt !== null && Date.parse(user.lastSignInAt) >= from);
    expect(lastSignIns).toEqual(new Map(recent.map((user) => [user.email, user.lastSignInAt])));

    const recordings = await all(`/accounts/me/recordings?${span}`, 'meetings');
    for (const user of users) {
      const own = recordings.filter((recording) => recording.host_id === user.id);
      expect([user.email, own.length]).toEqual([user.email, user.cloudRecordings]);
      if (own.length > 0) expect(own[0].start_time).toBe(user.lastCloudRecordingAt);
    }
    expect(recordings.length).toBeGreaterThan(0);

    let held = 0;
    let registered = 0;
    for (const user of users.filter((one) => one.status === 'active' && one.type === 2 && one.meetingsHosted > 0)) {
      const past = await all(`/report/users/${user.id}/meetings?${span}`, 'meetings');
      past.push(...(await all(`/report/users/${user.id}/meetings?type=pastOne&${span}`, 'meetings')));
      const polls = new Set<string>();
      const registrants = new Map<number, number>();
      for (const meeting of past) {
        const kind = meeting.type === 5 ? 'webinars' : 'meetings';
        const uuid = encodeURIComponent(encodeURIComponent(meeting.uuid));
        const { questions } = (await zoom.get(`/past_${kind}/${uuid}/polls`)).body;
        for (const { question_details } of questions)
          for (const { polling_id } of question_details) polls.add(polling_id);
        const { status, body } = await zoom.get(`/${kind}/${meeting.id}/registrants?page_size=1`);
        if (status === 200) registrants.set(meeting.id, body.total_records);
        else expect([300, 3001]).toContain(body.code);
      }
      const people = [...registrants.values()].reduce((sum, count) => sum + count, 0);
      expect([user.email, polls.size, people]).toEqual([user.email, user.pollsHeld, user.registrants]);
      held += polls.size;
      registered += people;
    }
    expect(held).toBeGreaterThan(0);
    expect(registered).toBeGreaterThan(0);
  });

  it("tells the sandbox's own time, and numbers in full", async () => {
    const zoom = await start(0);
    const big = makeUser(sandbox.world, { zoomOneType: 2 ** 59 });
    const answer = await zoom.get('/users/me');
    expect(answer.headers.get('date')).toBe('Wed, 20 May 2026 10:00:00 GMT');
    expect((await zoom.get('/nothing')).headers.get('date')).toBe('Wed, 20 May 2026 10:00:00 GMT');
    expect((await fetch(`${sandbox.url}/oauth/token`)).headers.get('date')).toBe('Wed, 20 May 2026 10:00:00 GMT');
    const text = await fetch(`${sandbox.apiUrl}/users/${big.id}`, {
      headers: { authorization: `Bearer ${zoom.tokens.access_token}` },
    }).then((response) => response.text());
    expect(text).toContain('"zoom_one_type":576460752303423488');
    sandbox.faults.add({
      match: { path: '/users/me' },
      action: { headers: { date: 'Thu, 01 Jan 1970 00:00:00 GMT' } },
    });
    expect((await zoom.get('/users/me')).headers.get('date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });
});
