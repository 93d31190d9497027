import { inject, it, expect } from 'vitest';
import { createDatabase } from '../../bench/house.ts';
import { reclaimStorm } from '../../bench/storm.ts';

const template = inject('template');

it.skipIf(template.kind !== 'postgres')(
  'taking and giving back while Zoom fails and the worker is killed leaves every truth as it should be (only with TEST_DATABASE_URL: embedded is one process)',
  { timeout: 400_000 },
  async () => {
    if (template.kind !== 'postgres') return;
    const database = await createDatabase(template.url);
    try {
      const figures = await reclaimStorm({ databaseUrl: database.url, items: 20, kills: 1, seed: 5 });
      expect(figures).toMatchObject({
        items: 20,
        byAction: { DOWNGRADE: 8, DEACTIVATE: 4, REMOVE_ADD_ON: 6, UNLINK: 1, DELETE: 1 },
        open: 0,
        wrongEffects: [],
        outsidersTouched: [],
        wrongAudit: [],
        notAsBefore: [],
        auditVerify: 0,
      });
      expect(figures.restored).toBeGreaterThan(0);
      expect(Object.keys(figures.disturbed).length).toBeGreaterThan(3);
    } finally {
      await database.drop();
    }
  },
);
