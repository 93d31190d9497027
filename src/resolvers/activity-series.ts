import { activitySeries, seriesGround } from '../datasources/store/activity-series.ts';
import { isKnown, MAX_POINTS, seriesPoints } from '../policy/series-points.ts';
import type { Resolvers } from '../schema.generated.ts';
import { days, refuse } from './question.ts';

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

export const activitySeriesResolvers: Resolvers = {
  Query: {
    activitySeries: async (_, { by, from: fromDay, to: toDay, ...scope }, { deps, now }) => {
      const { sql } = deps.database;
      const { from, to } = days({ from: fromDay, to: toDay });
      const ground = await seriesGround(sql, scope);
      if (!ground.isIntegration) refuse('`integrationId` names no integration.');
      if (!ground.isGroup) refuse('`groupId` names no group of this integration.');
      if (!ground.isLicense) refuse('`licenseId` names no license of this integration.');
      const first = from ?? (ground.knownFrom === null ? null : dayOf(ground.knownFrom));
      // Nothing is known yet, and nobody says where to begin.
      if (first === null) return [];
      const last = to ?? dayOf(ground.knownUntil ?? now);
      if (first > last) refuse(`\`from\` must not be after \`to\`, which is ${last} where it is left out.`);
      const points =
        seriesPoints(by, first, last) ??
        refuse(
          `From ${first} to ${last} there are more than ${MAX_POINTS} points: ask for fewer days or longer points.`,
        );
      const rows = await activitySeries(sql, scope, points);
      return rows.map((row) => ({ ...row, isComplete: isKnown(row, ground.knownFrom, ground.knownUntil) }));
    },
  },
};
