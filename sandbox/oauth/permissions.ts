/** What a scope lets an app do, in the words of a consent page. */
export function permission(scope: string): string {
  const classic = CLASSIC[scope];
  if (classic) return classic;
  // Granular: service:action:claim[:level].
  const [service = '', action = '', claim = '', level] = scope.split(':');
  const verb = { read: 'View', write: 'Create', update: 'Change', delete: 'Delete' }[action] ?? action;
  const what = claim.replace(/_/g, ' ') || service;
  const of = what.includes(service) ? what : `${service} ${what}`;
  return `${verb} ${of}${level === 'master' ? ' of all sub accounts' : level === 'admin' ? ' of the whole account' : ''}`;
}

const CLASSIC: Record<string, string> = {
  'user:read:admin': 'View all user information, including settings and permissions',
  'user:write:admin': 'View all user information and manage users: licenses, settings, activation, removal',
  'meeting:read:admin': 'View all user meetings and their participants',
  'webinar:read:admin': 'View all user webinars and their participants',
  'report:read:admin': 'View usage, activity and operation reports of the account',
  'account:read:admin': 'View account information and settings',
  'recording:read:admin': 'View all cloud recordings of the account',
  'group:read:admin': 'View groups and their members',
  'group:write:admin': 'View and manage groups and their members',
  'role:read:admin': 'View roles and who holds them',
  'account:master': 'View and manage sub accounts',
  'user:master': "View and manage sub accounts' users",
  'meeting:master': "View and manage sub accounts' meetings",
  'webinar:master': "View and manage sub accounts' webinars",
  'report:master': "View sub accounts' reports",
  'recording:master': "View sub accounts' cloud recordings",
  'billing:master': "View and manage sub accounts' billing and plans",
  'group:master': "View and manage sub accounts' groups",
  'role:master': "View and manage sub accounts' roles",
};
