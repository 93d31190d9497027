import { randomBytes } from 'node:crypto';
import { signingHeaders, urlValidation, validationAnswer } from './webhooks.ts';
import type { WebhookBody } from './webhooks.ts';

/** Zoom waits so long for an answer. */
const PATIENCE_MS = 3000;

/** Who is told what happens. */
export interface WebhookReceiver {
  url: string;
  /** The secret token of the app, known to both sides. */
  secretToken: string;
}

/** One event that was posted, and how it was taken. */
export interface SentWebhook {
  body: WebhookBody;
  /** Null: no answer within three seconds, or none at all. */
  status: number | null;
}

/** Posts events to the receiver, signed, one after the other in the order in which they happened. Nothing is tried again. */
export class WebhookSender {
  /** Null: nobody is told. */
  receiver: WebhookReceiver | null;
  /** Everything that was posted, in order. */
  readonly sent: SentWebhook[] = [];
  readonly #now: () => number;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(receiver: WebhookReceiver | null, now: () => number) {
    this.receiver = receiver;
    this.#now = now;
  }

  /** Tells the receiver, if there is one, without keeping the caller waiting. */
  emit(body: WebhookBody): void {
    if (this.receiver) void this.send(body);
  }

  /** Posts when its turn has come. Answers the status, null when no answer came. Throws without a receiver. */
  async send(body: WebhookBody): Promise<number | null> {
    const { receiver } = this;
    if (!receiver) throw new Error('nobody receives webhooks: set a receiver first');
    const post = this.#last.then(async () => {
      const answer = await this.#post(receiver, body);
      const status = answer?.status ?? null;
      this.sent.push({ body, status });
      return status;
    });
    this.#last = post;
    return post;
  }

  /** Asks the receiver for the proof that it knows the secret, as when its address is entered at Zoom. */
  async validate(): Promise<boolean> {
    const { receiver } = this;
    if (!receiver) throw new Error('nobody receives webhooks: set a receiver first');
    const plainToken = randomBytes(16).toString('base64url');
    const answer = await this.#post(receiver, urlValidation(plainToken, this.#now()));
    if (answer?.status !== 200) return false;
    const wanted = validationAnswer(receiver.secretToken, plainToken);
    try {
      const given = JSON.parse(answer.text) as Partial<typeof wanted>;
      return given.plainToken === wanted.plainToken && given.encryptedToken === wanted.encryptedToken;
    } catch {
      return false;
    }
  }

  /** Resolves when everything that was emitted so far has been answered or given up. */
  async settled(): Promise<void> {
    let last: unknown;
    do {
      last = this.#last;
      await last;
    } while (last !== this.#last);
  }

  close(): void {
    this.receiver = null;
    this.#closing.abort();
  }

  async #post(receiver: WebhookReceiver, body: WebhookBody): Promise<{ status: number; text: string } | null> {
    const text = JSON.stringify(body);
    try {
      const response = await fetch(receiver.url, {
        method: 'POST',
        headers: signingHeaders(receiver.secretToken, text, this.#now()),
        body: text,
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }
}
