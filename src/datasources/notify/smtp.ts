import { createTransport, type Transporter } from 'nodemailer';
import type { Secret } from '../../secret.ts';
import { NotSent, type OutgoingMessage } from './message.ts';

/** A connection to the mail server, opened when the first message goes out. */
export function openSmtp({ url }: { url: Secret }): Transporter {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url.reveal());
  const isSecure = protocol === 'smtps:';
  return createTransport({
    host: hostname,
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    // A server that does not offer TLS gets no password.
    requireTLS: !isSecure && username !== '' && searchParams.get('tls') !== 'optional',
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A message is words of ours: nothing is read from disk or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * Hands a message to the mail server, with an id in `Message-ID` that is the same however often it is sent.
 *
 * @throws {NotSent} when the server did not take it; final when it refused the address.
 */
export async function mailMessage(smtp: Transporter, from: string, message: OutgoingMessage): Promise<void> {
  const domain = /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  try {
    await smtp.sendMail({
      from,
      to: { name: message.to.name, address: message.to.email },
      subject: message.subject,
      text: message.text,
      html: message.html,
      messageId: `<${message.id}@${domain}>`,
      // Out-of-office notes and the like are not to answer.
      headers: { 'auto-submitted': 'auto-generated' },
    });
  } catch (error) {
    // Words of the server can repeat the address.
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    const isFinal = code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500;
    throw new NotSent(`The mail server did not take it (${responseCode ?? code ?? 'unknown'}).`, isFinal);
  }
}
