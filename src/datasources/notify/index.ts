import { Agent } from 'undici';
import type { Config } from '../../config.ts';
import type { MessageChannel } from '../../db/tables/asks.ts';
import type { OutgoingMessage } from './message.ts';
import { mailMessage, openSmtp } from './smtp.ts';
import { postMessage } from './webhook.ts';

export { NotSent, type OutgoingMessage } from './message.ts';

/** The ways to people, as far as they are configured. */
export interface Notifier {
  /** Empty: nobody can be told anything. */
  channels: readonly MessageChannel[];
  /** @throws {NotSent} when it did not leave. */
  send(channel: MessageChannel, message: OutgoingMessage, now: Date): Promise<void>;
  close(): Promise<void>;
}

/** Opens the ways to people that the environment names. */
export function openNotifier({ notify }: Pick<Config, 'notify'>): Notifier {
  const { webhook, smtp } = notify;
  const agent = new Agent({ connections: 8 });
  const mail = smtp === null ? null : openSmtp(smtp);
  return {
    channels: [...(webhook === null ? [] : ['WEBHOOK' as const]), ...(smtp === null ? [] : ['EMAIL' as const])],
    async send(channel, message, now) {
      if (channel === 'WEBHOOK' && webhook !== null) return postMessage(agent, webhook, message, now);
      if (channel === 'EMAIL' && smtp !== null && mail !== null) return mailMessage(mail, smtp.from, message);
      throw new Error(`The channel ${channel} is not configured.`);
    },
    async close() {
      mail?.close();
      await agent.close();
    },
  };
}
