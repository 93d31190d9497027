import { createHmac } from 'node:crypto';
import type { Agent } from 'undici';
import { request } from 'undici';
import type { Secret } from '../../secret.ts';
import { NotSent, type OutgoingMessage } from './message.ts';

/** A receiver has so long to answer. */
const TIMEOUT_MS = 10_000;

/** The bytes that a secret stands for: `whsec_` and base64 as Standard Webhooks write them, otherwise its letters. */
function keyOf(secret: Secret): Buffer {
  const value = secret.reveal();
  return value.startsWith('whsec_') ? Buffer.from(value.slice(6), 'base64') : Buffer.from(value);
}

/** Signature of a body, version 1 of Standard Webhooks: over id, seconds since 1970 and the body as it is sent. */
export function signBody(secret: Secret, id: string, timestamp: number, body: string): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return `v1,${mac}`;
}

/**
 * Hands a message to the receiver. Its id is the same however often it is sent.
 *
 * @throws {NotSent} when the receiver did not answer with a status of 200 to 299.
 */
export async function postMessage(
  agent: Agent,
  { url, secret }: { url: Secret; secret: Secret },
  message: OutgoingMessage,
  now: Date,
): Promise<void> {
  const body = JSON.stringify({ type: 'candidate.message', ...message });
  const timestamp = Math.floor(now.getTime() / 1000);
  let status: number;
  try {
    const answer = await request(url.reveal(), {
      dispatcher: agent,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'zoom-license-subgraph',
        'webhook-id': message.id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signBody(secret, message.id, timestamp, body),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = answer.statusCode;
    await answer.body.dump();
  } catch (error) {
    // The message of a cause can repeat the address, which can hold a secret.
    const { code, name } = error as { code?: string; name?: string };
    throw new NotSent(`The receiver could not be reached (${code ?? name ?? 'unknown'}).`, false);
  }
  if (status < 200 || status > 299) throw new NotSent(`The receiver answered with status ${status}.`, status === 410);
}
