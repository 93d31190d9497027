import type { SandboxApp } from '../types.ts';

const NOUNS = [
  'user:read',
  'user:write',
  'meeting:read',
  'webinar:read',
  'report:read',
  'account:read',
  'group:read',
  'group:write',
  'role:read',
];
const MASTER_NOUNS = ['account', 'user', 'meeting', 'webinar', 'report', 'billing', 'group', 'role'];

/** The apps that are there when nobody brings others. */
export const defaultApps: SandboxApp[] = [
  {
    clientId: 'sandbox-regular-client',
    clientSecret: 'sandbox-regular-secret',
    name: 'License Insight (sandbox)',
    account: 'REGULAR',
    scopes: NOUNS.map((noun) => `${noun}:admin`),
  },
  {
    clientId: 'sandbox-tiered-client',
    clientSecret: 'sandbox-tiered-secret',
    name: 'License Insight for tiered accounts (sandbox)',
    account: 'MASTER',
    scopes: [...MASTER_NOUNS.map((noun) => `${noun}:master`), 'user:write:admin'],
  },
];
