import { parseArgs } from 'node:util';
import type { Truth } from '#sandbox/index.ts';
import { compareUsers, everybody } from '#test/support/user-truth.ts';
import { openBenchHouse } from './house.ts';
import { finished } from './statements.ts';

/**
 * A sync of an account over 90 days, and then everybody as callers see them beside the sandbox's own truth, field by
 * field.
 */
export async function truth(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '90' },
      'no-rate-limits': { type: 'boolean', default: false },
    },
  });
  const startedAt = Date.now();
  const analyzeActivityFrom = new Date(startedAt - Number(values.days) * 86_400_000).toISOString();
  const house = await openBenchHouse({
    users: Number(values.users),
    seed: Number(values.seed),
    rateLimits: !values['no-rate-limits'],
    profile: { analyzeActivityFrom },
  });
  try {
    await finished(house);
    const shown = await everybody(house.ask, house.integrationId);
    const since = shown[0]?.activity.knownFrom ?? new Date(0).toISOString();
    const answer = await fetch(`${house.sandboxUrl}/sandbox/truth?since=${encodeURIComponent(since)}`);
    const { users } = (await answer.json()) as Truth;
    const compared = compareUsers(shown, users, Date.parse(since));
    return {
      users: Number(values.users),
      days: Number(values.days),
      rateLimits: !values['no-rate-limits'],
      database: house.database,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      since,
      ...compared,
    };
  } finally {
    await house.close();
  }
}
