import { created, done, scopes, userOf } from './endpoint.ts';
import { badRequest, invalidField, noPermission, ZoomError } from './errors.ts';
import * as changes from './changes.ts';
import { remember, tellSettings, tellUpdate } from './happenings.ts';
import { featureFlags } from './user-shape.ts';
import { makeUser, removeUser } from '../world/place.ts';
import { baseUsage, hasFreeSeat } from '../world/seats.ts';
import { userActivated, userCreated, userDeactivated, userDeleted, userDisassociated } from '../webhooks.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import type { SandboxUser } from '../world/model.ts';

/** Fields of `PATCH /users/{userId}` that are only text, and where they live. */
const TEXTS = {
  first_name: 'firstName',
  last_name: 'lastName',
  display_name: 'displayName',
  dept: 'department',
  job_title: 'jobTitle',
  cost_center: 'costCenter',
  manager: 'manager',
  location: 'location',
  company: 'company',
  timezone: 'timezone',
  language: 'language',
} as const;

export const userWrites: Endpoint[] = [
  {
    method: 'PATCH',
    path: '/users/{userId}',
    label: 'LIGHT',
    scopes: scopes(['user:write'], 'user:update:user'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      const { body, account } = call;
      changes.requireChangeable(user);
      const before = remember(user);
      if (['type', 'plan_united_type', 'zoom_one_type'].filter((field) => field in body).length > 1) {
        throw badRequest('You can\'t change the "type" or "plan_united_type" or "zoom_one_type" at the same time.');
      }
      if ('type' in body) changes.setType(account, user, number(body, 'type'));
      if ('zoom_one_type' in body) changes.setZoomOneType(account, user, number(body, 'zoom_one_type'));
      if ('plan_united_type' in body)
        user.planUnitedType = body.plan_united_type === 'none' ? '' : String(body.plan_united_type);
      for (const [field, name] of Object.entries(TEXTS)) {
        if (field in body) user[name] = String(body[field]);
      }
      log(
        call,
        'user',
        'Update',
        `Update user ${user.email} - ${Object.entries(body)
          .map(([k, v]) => `${k}: ${JSON.stringify(v)}`)
          .join(', ')}`,
      );
      tellUpdate(call, user, before);
      return done;
    },
  },
  {
    method: 'PATCH',
    path: '/users/{userId}/settings',
    label: 'MEDIUM',
    scopes: scopes(['user:write'], 'user:update:settings'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      changes.requireChangeable(user);
      const before = remember(user);
      const feature = call.body.feature;
      if (feature && typeof feature === 'object') setFeatures(call, user, feature as Record<string, unknown>);
      log(call, 'user_settings', 'Update', `Update settings of ${user.email} - ${JSON.stringify(call.body)}`);
      tellSettings(call, user, before);
      return done;
    },
  },
  {
    method: 'PUT',
    path: '/users/{userId}/status',
    label: 'LIGHT',
    scopes: scopes(['user:write'], 'user:update:status'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      const { action } = call.body;
      if (action === 'deactivate') changes.deactivate(user);
      else if (action === 'activate') changes.activate(user);
      else if (action !== 'clock_in' && action !== 'clock_out') throw invalidField('action', 'Invalid field.');
      log(call, 'user', 'Update', `${action === 'activate' ? 'Activate' : 'Deactivate'} user - ${user.email}`);
      if (action === 'deactivate') call.emit(userDeactivated(user, by(call)));
      if (action === 'activate') call.emit(userActivated(user, by(call)));
      return done;
    },
  },
  {
    method: 'DELETE',
    path: '/users/{userId}',
    label: 'LIGHT',
    scopes: scopes(['user:write'], 'user:delete:user'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      const action = call.query.get('action') ?? 'disassociate';
      if (action !== 'disassociate' && action !== 'delete') throw invalidField('action', 'Invalid field.');
      requireRemovable(call, user, action);
      handOver(call, user);
      removeUser(call.account, user);
      log(call, 'user', action === 'delete' ? 'Delete' : 'Unlink', `${action} user - ${user.email}`);
      call.emit((action === 'delete' ? userDeleted : userDisassociated)(user, by(call)));
      return done;
    },
  },
  {
    method: 'POST',
    path: '/users',
    label: 'LIGHT',
    scopes: scopes(['user:write'], 'user:write:user'),
    prefixable: true,
    handle(call) {
      const { action } = call.body;
      const info = (call.body.user_info ?? {}) as Record<string, unknown>;
      if (!['create', 'autoCreate', 'custCreate', 'ssoCreate'].includes(String(action)))
        throw invalidField('action', 'Invalid field.');
      const email = String(info.email ?? '');
      if (!email.includes('@')) throw invalidField('user_info.email', 'Invalid field.');
      if (call.account.usersByEmail.has(email.toLowerCase()))
        throw new ZoomError(409, 1005, `Email "${email}" has already been used.`);
      const type = number(info, 'type');
      if (type === 2 && !hasFreeSeat(call.account.plans.base.hosts, baseUsage(call.account))) {
        throw new ZoomError(400, 2034, 'You have reached the permitted maximum number of "Licensed" users.');
      }
      const user = makeUser(call.world, {
        accountId: call.account.id,
        email,
        firstName: String(info.first_name ?? ''),
        lastName: String(info.last_name ?? ''),
        type,
        status: action === 'create' ? 'pending' : 'active',
        loginTypes: action === 'custCreate' ? [99] : action === 'ssoCreate' ? [101] : [100],
        userCreatedAt: call.now,
        behavior: 'created',
      });
      log(call, 'user', 'Add', `Add user - ${email}`);
      call.emit(userCreated(user, by(call), String(action)));
      return created({ id: user.id, email, first_name: user.firstName, last_name: user.lastName, type });
    },
  },
];

function setFeatures(call: ApiCall, user: SandboxUser, feature: Record<string, unknown>): void {
  const { account } = call;
  const wanted = (flag: string, capacity: string, allowed: number[], current: number): number | null => {
    if (feature[flag] === false) return 0;
    if (feature[flag] !== true && feature[capacity] === undefined) return null;
    const value = feature[capacity] === undefined ? current || allowed[0]! : number(feature, capacity);
    if (!allowed.includes(value)) throw invalidField(`feature.${capacity}`, `Invalid field: ${value}.`);
    // A capacity alone changes the license that is there, it does not hand one out.
    return feature[flag] === true || current > 0 ? value : null;
  };
  const webinar = wanted(
    'webinar',
    'webinar_capacity',
    [100, 500, 501, 1000, 1001, 3000, 5000, 10000],
    user.webinarCapacity,
  );
  const large = wanted('large_meeting', 'large_meeting_capacity', [500, 1000], user.largeMeetingCapacity);
  const events = wanted(
    'zoom_events',
    'zoom_events_capacity',
    [500, 1000, 3000, 5000, 10000, 20000, 30000, 50000],
    user.zoomEventsCapacity,
  );
  if (webinar !== null) changes.setWebinar(account, user, webinar);
  if (large !== null) changes.setLargeMeeting(account, user, large);
  if (events !== null) changes.setZoomEvents(user, events);
  if ('meeting_capacity' in feature) user.meetingCapacity = number(feature, 'meeting_capacity');
  if (typeof feature.zoom_phone === 'boolean') user.zoomPhone = feature.zoom_phone;
  if (
    feature.concurrent_meeting === 'Basic' ||
    feature.concurrent_meeting === 'Plus' ||
    feature.concurrent_meeting === 'None'
  ) {
    if (user.type === 1 && feature.concurrent_meeting !== 'None')
      throw new ZoomError(
        400,
        1207,
        'You can only enable the "Concurrent Meeting" feature for Licensed users or On-prem users.',
      );
    user.concurrentMeeting = feature.concurrent_meeting;
  }
  for (const flag of featureFlags) {
    if (typeof feature[flag] !== 'boolean') continue;
    user.otherFeatures = user.otherFeatures.filter((one) => one !== flag);
    if (feature[flag]) user.otherFeatures.push(flag);
  }
}

function requireRemovable(call: ApiCall, user: SandboxUser, action: string): void {
  if (user.isRoom) throw noPermission('Cannot delete a Zoom Rooms user.');
  if (user.roleId === '0' || user.roleId === '1')
    throw new ZoomError(400, 1117, 'You can not disassociate an Admin user.');
  if (action === 'delete') {
    if (user.status === 'pending') throw badRequest('A pending user can only be disassociated.');
    return;
  }
  if (user.loginTypes.includes(99)) throw badRequest('Unable to unlink API user(s).');
  const domain = user.email.split('@')[1]!.toLowerCase();
  if (user.status !== 'pending' && call.account.managedDomains.some((managed) => managed.domain === domain)) {
    throw new ZoomError(400, 1107, 'You can not disassociate a user with managed domain.');
  }
}

/** Gives what the leaver planned to somebody else, if the caller asked for it. */
function handOver(call: ApiCall, user: SandboxUser): void {
  const email = call.query.get('transfer_email');
  if (!email) {
    if (user.zoomEventsCapacity > 0)
      throw badRequest(
        'This user has published events on Zoom Events and you do not specify a target user to transfer data.',
      );
    return;
  }
  const heir = call.account.usersByEmail.get(email.toLowerCase());
  if (heir === user)
    throw badRequest(
      "The transfer-to email address cannot be the same as the unlinked or deleted user's email address.",
    );
  if (!heir || heir.status !== 'active') throw badRequest(`The transfer-to user does not exist: ${email}.`);
  if (user.zoomEventsCapacity > 0 && heir.zoomEventsCapacity === 0)
    throw badRequest('The destination user does not have a Zoom Events license and cannot receive this data.');
  const { history } = call.account;
  const passes = (series: number) =>
    history.seriesLastInstance.get(series) < 0 &&
    call.query.get(history.isWebinar(series) ? 'transfer_webinar' : 'transfer_meeting') === 'true';
  for (const series of user.scheduled.filter(passes)) {
    history.seriesHost.set(series, heir.index);
    heir.scheduled.push(series);
  }
}

const by = (call: ApiCall) => ({ at: call.now, operator: call.caller });

function number(body: Record<string, unknown>, field: string): number {
  const value = body[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalidField(field, 'Invalid field.');
  return value;
}

function log(call: ApiCall, category: 'user' | 'user_settings', action: string, detail: string): void {
  changes.logOperation(call.account, call.now, call.caller, category, action, detail);
}
