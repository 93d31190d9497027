import { createHash } from 'node:crypto';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { receiveWebhook } from '../actions/receive-webhook.ts';
import { refusalOf, validationAnswer } from '../auth/webhook-signature.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { isKnownEvent, readWebhook } from '../datasources/zoom/webhook-payloads.ts';
import type { Deps } from '../deps.ts';
import type { Secret } from '../secret.ts';
import type { Metrics } from '../metrics.ts';

const PATH = '/webhooks/zoom';
const MAX_BODY_BYTES = 1_048_576;
const VALIDATION = 'endpoint.url_validation';

/** What Zoom is told: a status that makes it send again (500) or not, and words for whoever reads its log. */
interface Answer {
  status: number;
  body?: object;
  /** For the measures. */
  event: string;
  outcome: string;
}

/**
 * `POST /webhooks/zoom`: only what Zoom has signed lately is looked at. Bodies are about people: nothing here logs one.
 */
export function webhookRoutes(deps: Deps, metrics: Metrics): FastifyPluginAsync {
  const { zoomWebhookSecret: secret } = deps.config;
  return async (app) => {
    app.removeAllContentTypeParsers();
    // The signature is about the bytes as they came, whatever they say that they are.
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));

    app.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status < 500) {
        const words = status === 413 ? 'The body is larger than any webhook of Zoom.' : 'The request can not be read.';
        return tell(reply, metrics, { status, body: { error: words }, event: 'other', outcome: 'refused' });
      }
      // Messages of the database repeat values; its code is enough to find out.
      const { name, code } = error;
      deps.log.error({ requestId: request.id, name, code }, 'a webhook could not be taken; Zoom will send it again');
      const body = { error: 'It could not be taken. Send it again.' };
      return tell(reply, metrics, { status: 500, body, event: 'other', outcome: 'failed' });
    });

    app.post(PATH, { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      if (secret === null) {
        return reply.code(404).send({ error: 'Webhooks are off. Set ZOOM_WEBHOOK_SECRET to switch them on.' });
      }
      return tell(reply, metrics, await answerTo(deps, secret, request));
    });
  };
}

async function answerTo(deps: Deps, secret: Secret, request: FastifyRequest): Promise<Answer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const signature = request.headers['x-zm-signature'];
  const timestamp = request.headers['x-zm-request-timestamp'];
  const zoomNow = onZoomClock(deps, deps.now());
  const isSigned = signature !== undefined || timestamp !== undefined;
  if (isSigned) {
    const refusal = refusalOf(
      secret,
      { signature: String(signature), timestamp: String(timestamp), body },
      zoomNow.getTime(),
    );
    if (refusal !== null) return refused(401, refusal);
  }

  const json = parse(body);
  if (isObject(json) && json['event'] === VALIDATION) {
    const { payload } = json;
    const answer = validationAnswer(secret, isObject(payload) ? payload['plainToken'] : undefined);
    if (answer === null) return refused(400, 'The plainToken is not one of Zoom.', VALIDATION);
    return { status: 200, body: answer, event: VALIDATION, outcome: 'validated' };
  }
  // Only Zoom's question for the address may come unsigned.
  if (!isSigned) return refused(401, 'The headers x-zm-signature and x-zm-request-timestamp are missing.');
  if (json === undefined) return refused(400, 'The body is not JSON.');

  const name = isObject(json) && typeof json['event'] === 'string' ? json['event'] : '';
  // Names that we don't know are without number; they share one measure.
  const event = isKnownEvent(name) ? name : 'other';
  let webhook;
  try {
    webhook = readWebhook(json, Number(timestamp) * 1000, zoomNow);
  } catch (error) {
    // Which field it is, and what is wrong with it; never its value.
    const { path = [], message } = (error instanceof ZodError ? error.issues[0] : null) ?? {};
    const field = path.join('.');
    deps.log.warn({ requestId: request.id, event, field, wrong: message }, 'a webhook of Zoom could not be read');
    return refused(400, 'The body is not an event as Zoom describes it.', event);
  }
  const outcome = await receiveWebhook(deps, createHash('sha256').update(body).digest('hex'), webhook);
  return { status: 204, event, outcome: outcome.toLowerCase() };
}

function refused(status: number, error: string, event = 'other'): Answer {
  return { status, body: { error }, event, outcome: 'refused' };
}

function tell(reply: FastifyReply, metrics: Metrics, { status, body, event, outcome }: Answer): FastifyReply {
  metrics.countWebhook(event, outcome);
  return reply.code(status).send(body);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Undefined: not JSON. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
