import { setTimeout as sleep } from 'node:timers/promises';
import { SignJWT } from 'jose';
import { SCOPES } from '#src/caller.ts';

/** What became of requests. */
export interface Tally {
  requests: number;
  answered: number;
  /** Of these by a server of the old version. */
  answeredByOld: number;
  /** Refused with the word to come back: 503 and `Retry-After`, or a code that says so; asked again, and counted once more. */
  refused: number;
  /** Connections that nobody took: nothing was asked, and the next server was. */
  notTaken: number;
  /** Everything else, by what it was. */
  failed: Record<string, number>;
  slowestMs: number;
}

/** Callers behind a balancer. */
export interface Callers {
  /** Counts from here on by this name. */
  phase(name: string): void;
  byPhase: Readonly<Record<string, Tally>>;
  /** Writes that were answered: exclusions that were made and not deleted again, by id, and the last name of the rule. */
  written: { exclusions: Set<string>; ruleName: string };
  /** Ends when the last request is answered. */
  stop(): Promise<void>;
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string; retryAfterMs?: number } }[];
}

const PAUSE_MS = 20;
/** How often a balancer asks who is ready. */
const LOOK_MS = 500;
const MOST_TRIES = 50;

const READS = [
  '{ users(first: 50) { totalCount nodes { email status licenses { name } groups { name } activity { lastActivityAt inactiveDays } } } }',
  'query ($id: ID!) { licenses(integrationId: $id) { uniqueId assigned active inactive unassigned } }',
  'query ($id: ID!) { reclamationCandidates(integrationId: $id, first: 50) { totalCount nodes { status inactiveDays user { email } } } }',
  'query ($id: ID!) { reclamationRules(integrationId: $id) { name enabled inactivityThresholdDays condition { departments } } }',
  'query ($id: ID!) { integration(id: $id) { status jobRuns(first: 5) { nodes { task status } } } }',
  '{ exclusions(first: 20) { nodes { id reason } } }',
];

/**
 * Keeps callers asking: some read, one writes. Whom they ask is chosen among the servers that said last that they are ready, as a
 * balancer does; what was refused with a word to come back, or not taken at all, is asked again, and nothing else is.
 */
export async function keepAsking(
  servers: () => readonly { address: string; isOld: boolean }[],
  {
    secret,
    integrationId,
    ruleId,
    readers,
  }: { secret: string; integrationId: string; ruleId: string; readers: number },
): Promise<Callers> {
  const token = await new SignJWT({ scope: SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('rolling')
    .setExpirationTime('12h')
    .sign(Buffer.from(secret));
  const byPhase: Record<string, Tally> = {};
  const written = { exclusions: new Set<string>(), ruleName: '' };
  let tally: Tally;
  let ready = servers();
  let isOver = false;
  let turn = 0;

  const look = async () => {
    const isReady = async (address: string) => {
      try {
        return (await fetch(`${address}/readyz`)).ok;
      } catch {
        return false;
      }
    };
    while (!isOver) {
      const all = servers();
      const are = await Promise.all(all.map(({ address }) => isReady(address)));
      ready = all.filter((_, index) => are[index] === true);
      await sleep(LOOK_MS);
    }
  };

  const fail = (counted: Tally, words: string) => {
    counted.failed[words] = (counted.failed[words] ?? 0) + 1;
    return null;
  };

  /** @returns the data; null when the request failed. */
  const ask = async (query: string, variables: object = {}): Promise<Record<string, unknown> | null> => {
    const counted = tally;
    const startedAt = performance.now();
    counted.requests += 1;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      turn += 1;
      const server = ready[turn % Math.max(1, ready.length)];
      if (server === undefined) {
        await sleep(LOOK_MS);
        continue;
      }
      try {
        const response = await fetch(`${server.address}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query, variables }),
        });
        const answer = (await response.json()) as Answer;
        counted.slowestMs = Math.max(counted.slowestMs, Math.round(performance.now() - startedAt));
        const [error] = answer.errors ?? [];
        const again = response.headers.get('retry-after');
        if (again !== null || error?.extensions?.retryAfterMs !== undefined) {
          counted.refused += 1;
          await sleep(Math.min(1_000, Number(again) * 1_000 || error?.extensions?.retryAfterMs || LOOK_MS));
          continue;
        }
        if (!response.ok) return fail(counted, `${response.status} ${error?.message ?? ''}`.trim());
        if (error !== undefined) return fail(counted, `${error.extensions?.code ?? ''} ${error.message}`.trim());
        counted.answered += 1;
        if (server.isOld) counted.answeredByOld += 1;
        return answer.data ?? null;
      } catch (error) {
        const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (error as Error).message;
        if (code !== 'ECONNREFUSED') return fail(counted, code);
        counted.notTaken += 1;
      }
    }
    return fail(counted, `refused ${MOST_TRIES} times`);
  };

  /** A mutation, with what its payload refuses counted as failed. */
  const write = async (field: string, input: object, selected: string): Promise<Record<string, unknown> | null> => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const counted = tally;
    const data = await ask(
      `mutation ($input: ${type}!) { ${field}(input: $input) { ${selected} userErrors { code message } } }`,
      { input },
    );
    const payload = data?.[field] as { userErrors: { code: string; message: string }[] } | undefined;
    const [no] = payload?.userErrors ?? [];
    return no === undefined
      ? ((payload ?? null) as Record<string, unknown> | null)
      : fail(counted, `${field}: ${no.message}`);
  };

  const reader = async (first: number) => {
    for (let n = first; !isOver; n += 1) {
      await ask(READS[n % READS.length] ?? '', { id: integrationId });
      await sleep(PAUSE_MS);
    }
  };
  const writer = async () => {
    for (let n = 0; !isOver; n += 1) {
      const made = await write(
        'createExclusion',
        { integrationId, emailPattern: `r${n}@x.example`, reason: `R ${n}` },
        'exclusion { id }',
      );
      const id = (made?.['exclusion'] as { id: string } | undefined)?.id;
      if (id !== undefined) written.exclusions.add(id);
      if (n % 3 === 2 && id !== undefined) {
        const gone = await write('deleteExclusion', { exclusionId: id }, 'deletedExclusionId');
        if (gone !== null) written.exclusions.delete(id);
      }
      const name = `Rule ${n}`;
      if ((await write('updateReclamationRule', { ruleId, name }, 'reclamationRule { id }')) !== null) {
        written.ruleName = name;
      }
      await sleep(PAUSE_MS * 5);
    }
  };
  const phase = (name: string) => {
    tally = byPhase[name] ??= {
      requests: 0,
      answered: 0,
      answeredByOld: 0,
      refused: 0,
      notTaken: 0,
      failed: {},
      slowestMs: 0,
    };
  };
  phase('start');
  const all = [look(), writer(), ...Array.from({ length: readers }, (_, n) => reader(n))];
  return {
    phase,
    byPhase,
    written,
    async stop() {
      isOver = true;
      await Promise.all(all);
    },
  };
}
