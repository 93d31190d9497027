import type { Limiter } from '#src/datasources/zoom/limits.ts';

/** Lets every call through at once, for a sandbox that has no limits either. */
export const UNLIMITED: Limiter = { acquire: async () => ({ learn: async () => null }) };
