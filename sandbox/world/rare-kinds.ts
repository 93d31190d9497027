import type { Account, SandboxUser } from './model.ts';

/** A bit of `zoom_one_type` that Zoom has given no name so far. */
export const FUTURE_ZOOM_ONE_TYPE = 2 ** 50;
/** A license type that Zoom has given no name so far. */
export const FUTURE_LICENSE_TYPE = 'ZOOM_HOLOGRAM';

/**
 * Makes, in a world of twenty or more, a service account that signs in like a person, one user with a bundle of the future
 * and one with a license of the future. They are people who exist already, so that nobody else changes: busy ones, who are
 * nobody's candidates.
 */
export function addRareKinds(account: Account, count: number): void {
  if (count < 20) return;
  const ordinary = account.people.filter(
    (user) => user.status === 'active' && !user.isRoom && user.roleId === '2' && !user.loginTypes.includes(99),
  );
  // Managers are among the first, and others name them by their address.
  const followers = ordinary.filter((user) => user.index > account.people.length / 2);
  const last = (behavior: string) => followers.filter((user) => user.behavior === behavior).at(-1);
  const service = last('loginsOnly') ?? last('joinsOnly');
  if (service) makeServiceAccount(account, service);

  const busy = ordinary.filter((user) => user.type === 2 && user.zoomOneType === 0 && user.webinarCapacity === 0);
  const [bundled, listed] = busy.filter((user) => user.behavior === 'weeklyHost' || user.behavior === 'dailyHost');
  if (bundled) bundled.zoomOneType = FUTURE_ZOOM_ONE_TYPE;
  if (listed)
    listed.licenseInfos = [
      { licenseType: 'MEETING', licenseOption: 2, subscriptionId: `A-S00${account.number}` },
      { licenseType: FUTURE_LICENSE_TYPE, licenseOption: 1, subscriptionId: `A-S01${account.number}` },
    ];
}

function makeServiceAccount(account: Account, user: SandboxUser): void {
  account.usersByEmail.delete(user.email.toLowerCase());
  Object.assign(user, {
    isServiceAccount: true,
    behavior: 'serviceAccount',
    firstName: 'Backup',
    lastName: 'Service',
    displayName: 'Backup Service',
    email: `svc-backup@${account.domain}`,
    loginTypes: [100],
    department: 'IT',
    jobTitle: 'Service account',
    manager: '',
    employeeUniqueId: null,
  });
  account.usersByEmail.set(user.email, user);
}
