import { badRequest, noPermission, ZoomError } from './errors.ts';
import { baseUsage, hasFreeSeat, largeMeetingUsage, webinarUsage, zoomOneUsage } from '../world/seats.ts';
import type { Account, OperationLog, SandboxUser } from '../world/model.ts';

const TYPE_NAMES: Record<number, string> = { 1: 'Basic', 2: 'Licensed', 3: 'On-Prem', 4: 'No Meetings License' };

const isPaid = (user: SandboxUser) => user.type === 2 || user.type === 3;

/** Inactive and pending users can be read but not changed. */
export function requireChangeable(user: SandboxUser): void {
  if (user.status === 'pending') {
    throw new ZoomError(400, 1120, 'A valid invitation to join the Zoom account was not found for this user.');
  }
  if (user.status === 'inactive') throw noPermission(`Unable to update this deactivated user: ${user.id}.`);
}

/** Gives a user another type. Down from Licensed, the licenses that need one go too. */
export function setType(account: Account, user: SandboxUser, type: number): void {
  if (type === 3) throw badRequest("Your account can't set user type as On-prem.");
  if (type !== 1 && type !== 2 && type !== 4) throw badRequest(`Invalid field: type ${type}.`);
  if (type === user.type) return;
  if (type === 2) {
    if (!hasFreeSeat(account.plans.base.hosts, baseUsage(account))) {
      throw new ZoomError(
        400,
        2034,
        `Your request to convert the plan type of this user to "Licensed" was not approved at this time because your account has reached the permitted maximum number of "${account.plans.base.hosts}" users. You must purchase additional licenses or contact the Zoom support team to provision additional users in your account.`,
      );
    }
  } else {
    requireFreeable(user, TYPE_NAMES[type]!);
  }
  user.type = type;
  if (type === 2) user.meetingCapacity = 300;
  else dropLicenses(user);
}

function requireFreeable(user: SandboxUser, to: string): void {
  if (user.isRoom) {
    const kind = to === 'Basic' ? 'free' : 'no-meeting-license';
    throw noPermission(`A Zoom Room user cannot be changed to a ${kind} user type: ${user.id}`);
  }
  if (user.roleId === '0')
    throw new ZoomError(400, 1108, 'Permission requirements to change the user type of this user were not met.');
  if (user.hasUpcomingEvent)
    throw badRequest(
      `You cannot change the user type to "${to}" because this user has an upcoming Zoom Events scheduled.`,
    );
  if (user.zoomOneType > 0)
    throw badRequest(
      "You can't turn off your Zoom One license now because you are having Zoom One as your basic plan type.",
    );
}

/** What a user without a paid type can't have. */
function dropLicenses(user: SandboxUser): void {
  user.meetingCapacity = 100;
  user.webinarCapacity = 0;
  user.largeMeetingCapacity = 0;
  user.zoomEventsCapacity = 0;
  user.concurrentMeeting = 'None';
  user.otherFeatures = [];
}

/** Workplace bundle on (its bit) or off (0). The bundle carries the meeting license, so off leaves a Basic user. */
export function setZoomOneType(account: Account, user: SandboxUser, zoomOneType: number): void {
  if (zoomOneType === user.zoomOneType) return;
  if (zoomOneType === 0) {
    user.zoomOneType = 0;
    user.type = 1;
    dropLicenses(user);
    return;
  }
  const plan = account.plans.zoomOne.find((one) => one.zoomOneType === zoomOneType);
  if (!plan)
    throw badRequest('The value provided for "zoom_one_type" parameter is invalid. Try again with a valid value.');
  if (!hasFreeSeat(plan.hosts, zoomOneUsage(account, zoomOneType))) {
    throw new ZoomError(
      400,
      2038,
      'Your request to convert the plan type of this user was not approved at this time because your account has reached the permitted maximum number.',
    );
  }
  user.zoomOneType = zoomOneType;
  user.type = 2;
  user.meetingCapacity = 300;
}

/** Webinar license of a capacity, or 0 to take it back. */
export function setWebinar(account: Account, user: SandboxUser, capacity: number): void {
  if (capacity === user.webinarCapacity) return;
  if (capacity > 0) {
    if (!isPaid(user))
      throw new ZoomError(400, 1122, 'Webinar feature can only be enabled for Licensed or On-prem users.');
    if (user.zoomEventsCapacity > 0)
      throw new ZoomError(
        400,
        1204,
        "You can't enable the Webinar feature because you already have the Zoom Events feature.",
      );
    const plan = account.plans.webinar.find((one) => one.capacity === capacity);
    if (!plan || !hasFreeSeat(plan.hosts, webinarUsage(account, capacity))) {
      throw noPermission(`You can add max ${plan?.hosts ?? 0} Webinar ${capacity} users.`);
    }
  }
  user.webinarCapacity = capacity;
}

/** Large meeting license of a capacity, or 0 to take it back. */
export function setLargeMeeting(account: Account, user: SandboxUser, capacity: number): void {
  if (capacity === user.largeMeetingCapacity) return;
  if (capacity > 0) {
    if (!isPaid(user))
      throw new ZoomError(400, 1108, 'Only Licensed or On-prem users can enable the large meeting feature.');
    const plan = account.plans.largeMeeting.find((one) => one.capacity === capacity);
    if (!plan || !hasFreeSeat(plan.hosts, largeMeetingUsage(account, capacity))) {
      throw noPermission(`You can add max ${plan?.hosts ?? 0} Large ${capacity} users.`);
    }
  }
  user.largeMeetingCapacity = capacity;
}

export function setZoomEvents(user: SandboxUser, capacity: number): void {
  if (capacity > 0 && !isPaid(user))
    throw new ZoomError(400, 1206, 'You can only enable the Zoom Events feature for Licensed or On-prem users.');
  if (capacity > 0 && user.webinarCapacity > 0)
    throw new ZoomError(
      400,
      1205,
      "You can't enable the Zoom Events feature because you already have the Webinar feature.",
    );
  if (capacity === 0 && user.hasUpcomingEvent)
    throw badRequest(
      'You cannot remove the Zoom Events feature for this user because the user has an upcoming Zoom Events scheduled.',
    );
  user.zoomEventsCapacity = capacity;
}

/** Stops a user from signing in. Every license goes with it. */
export function deactivate(user: SandboxUser): void {
  requireOrdinary(user);
  if (user.hasUpcomingEvent)
    throw badRequest('You cannot deactivate this user because the user has an upcoming Zoom Events scheduled.');
  user.status = 'inactive';
  user.type = 1;
  user.zoomOneType = 0;
  user.planUnitedType = '';
  user.zoomPhone = false;
  dropLicenses(user);
}

/** Lets a user sign in again. The licenses do not come back. */
export function activate(user: SandboxUser): void {
  requireOrdinary(user);
  user.status = 'active';
}

function requireOrdinary(user: SandboxUser): void {
  if (user.isRoom || user.roleId === '0' || user.roleId === '1') {
    throw noPermission("Zoom Room and Admin users' status cannot be activated or deactivated.");
  }
  if (user.status === 'pending') {
    throw new ZoomError(400, 1120, 'A valid invitation to join the Zoom account was not found for this user.');
  }
}

/** Every write leaves a line in the operation log. */
export function logOperation(
  account: Account,
  at: number,
  operator: SandboxUser,
  category: OperationLog['category'],
  action: string,
  detail: string,
): void {
  account.operationLogs.push({ at, operator: operator.email, category, action, detail });
}
