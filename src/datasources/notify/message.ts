import type { MessageKind } from '../../db/tables/asks.ts';

/** A message on its way out. */
export interface OutgoingMessage {
  /** The same however often it is sent. */
  id: string;
  kind: MessageKind;
  to: { email: string; name: string };
  subject: string;
  text: string;
  html: string;
  candidateId: string;
  /** ISO instant; null: nothing is planned. */
  dueAt: string | null;
}

/** A message did not leave. The words hold neither addresses nor tokens. */
export class NotSent extends Error {
  /** Is there no use in trying again? */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.name = 'NotSent';
    this.isFinal = isFinal;
  }
}
