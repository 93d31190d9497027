export * from './integrations.ts';
export * from './accounts.ts';
export * from './users.ts';
export * from './meetings.ts';
export * from './licenses.ts';
export * from './reclamations.ts';
export * from './usage.ts';
export * from './webhooks.ts';
