import * as changes from './changes.ts';
import { created, scopes } from './endpoint.ts';
import { remember, tellUpdate } from './happenings.ts';
import { badRequest, invalidField, ZoomError } from './errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { Account, SandboxUser } from '../world/model.ts';

/** Codes of `POST /users/features` and the capacities they stand for. */
const WEBINAR: Record<string, number> = { 0: 0, 16: 100, 1: 500, 64: 1000, 128: 3000, 256: 5000, 512: 10000 };
const LARGE_MEETING: Record<string, number> = { 0: 0, 1: 100, 32: 200, 64: 300, 128: 500, 256: 1000 };

/** One feature for up to 30 users at once: each one succeeds or fails by itself. */
export const bulkFeatures: Endpoint = {
  method: 'POST',
  path: '/users/features',
  label: 'MEDIUM',
  scopes: scopes(['user:write'], 'user:write:feature'),
  prefixable: true,
  handle(call) {
    const { account, body } = call;
    const type = String(body.feature_type ?? '');
    const value = String(body.feature_value ?? '');
    const users = body.users;
    if (!Array.isArray(users) || users.length === 0) throw invalidField('users', 'Field is required.');
    if (users.length > 30) throw badRequest('A maximum of 30 users can be updated at a time.');
    if (type === 'user_type' && value === '3') throw badRequest("Your account can't set user type as On-prem.");
    if (!(type in CHANGES)) throw invalidField('feature_type', 'Invalid field.');
    const change = CHANGES[type]!(value);

    const succeeded: string[] = [];
    const failed = new Map<string, string[]>();
    for (const wanted of users as { id?: string; email?: string }[]) {
      const name = wanted.id ?? wanted.email ?? '';
      const user = account.users.get(wanted.id ?? '') ?? account.usersByEmail.get((wanted.email ?? '').toLowerCase());
      const before = user && remember(user);
      const reason = user ? tryChange(account, user, change) : 'Users not found';
      if (reason) failed.set(reason, [...(failed.get(reason) ?? []), name]);
      else {
        succeeded.push(user!.id);
        tellUpdate(call, user!, before!);
      }
    }
    if (succeeded.length > 0) {
      changes.logOperation(
        account,
        call.now,
        call.caller,
        'user',
        'Batch update',
        `${type}: ${value} for ${succeeded.length} users: ${succeeded.join(', ')}`,
      );
    }
    return created({
      success_user_ids: succeeded,
      fail_details: [...failed].map(([reason, user_ids]) => ({ user_ids, reason })),
    });
  },
};

type Change = (account: Account, user: SandboxUser) => void;

const CHANGES: Record<string, (value: string) => Change> = {
  user_type: (value) => (account, user) => changes.setType(account, user, Number(value)),
  webinar: (value) => capacity(WEBINAR, value, changes.setWebinar),
  large_meeting: (value) => capacity(LARGE_MEETING, value, changes.setLargeMeeting),
  zoom_one_type: (value) => (account, user) => changes.setZoomOneType(account, user, Number(value)),
  zoom_events: (value) => (_, user) => changes.setZoomEvents(user, Number(value)),
  concurrent_meeting: (value) => (_, user) => {
    user.concurrentMeeting = value === 'Plus' || value === 'None' ? value : 'Basic';
  },
  plan_united_type: (value) => (_, user) => {
    user.planUnitedType = value === '0' ? '' : value;
  },
  ...Object.fromEntries(
    ['zoom_whiteboard', 'zoom_iq_for_sales', 'zoom_revenue_accelerator', 'zoom_clips_plus'].map((flag) => [
      flag,
      (value: string): Change =>
        (_, user) => {
          user.otherFeatures = user.otherFeatures.filter((one) => one !== flag);
          if (value === 'true') user.otherFeatures.push(flag);
        },
    ]),
  ),
};

function capacity(
  codes: Record<string, number>,
  value: string,
  set: (account: Account, user: SandboxUser, capacity: number) => void,
): Change {
  const read = codes[value];
  if (read === undefined) throw invalidField('feature_value', 'Invalid field.');
  return (account, user) => set(account, user, read);
}

/** Null when it worked, otherwise one of Zoom's reasons. */
function tryChange(account: Account, user: SandboxUser, change: Change): string | null {
  const before = JSON.stringify(licensesOf(user));
  if (user.status !== 'active') return 'Users not found';
  try {
    change(account, user);
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error;
    if (user.isRoom) return "Can't update for Zoom Room users";
    if (user.hasUpcomingEvent) return 'Have upcoming events';
    if (user.zoomOneType > 0) return "Can't update for Zoom One users";
    if ([1108, 1122, 1206].includes(error.code)) return "Can't update for free users";
    return 'Not enough seats';
  }
  return JSON.stringify(licensesOf(user)) === before ? 'No need to update' : null;
}

function licensesOf(user: SandboxUser): unknown[] {
  return [
    user.type,
    user.zoomOneType,
    user.planUnitedType,
    user.webinarCapacity,
    user.largeMeetingCapacity,
    user.zoomEventsCapacity,
    user.concurrentMeeting,
    user.otherFeatures,
  ];
}
