import { receiversOf } from '../datasources/store/planned-candidates.ts';
import type { TransferRecord } from '../db/tables/reclamations.ts';
import { removesUser } from '../policy/reclaim-step.ts';
import type { ReclaimInput, TransferInput } from '../schema.generated.ts';
import type { Tx } from './applied.ts';
import { refuse } from './outcome.ts';

/** What can be handed over, by the field of the input; Zoom's parameters have `transfer_` before it. */
const PARTS: Readonly<Record<Exclude<keyof TransferInput, 'email'>, string>> = {
  meetings: 'meeting',
  webinars: 'webinar',
  recordings: 'recording',
  whiteboards: 'whiteboard',
  clips: 'clipfiles',
  notes: 'notes',
  visitors: 'visitors',
  docs: 'docs',
};

/** What becomes of people's things, as Zoom is told; null: nothing is handed over. */
export function readTransfer(input: ReclaimInput): TransferRecord | null {
  const { transfer } = input;
  if (transfer == null) return null;
  const parts = Object.entries(PARTS).flatMap(([field, part]) =>
    transfer[field as keyof typeof PARTS] === true ? [part] : [],
  );
  return { email: transfer.email.trim().toLowerCase(), parts };
}

/** Why a transfer can't be done, by what we know; null when it can. Zoom is asked again right before each write. */
export async function transferRefusal(
  tx: Tx,
  transfer: TransferRecord | null,
  leavers: readonly { userId: string; accountId: string | null; action: string }[],
) {
  if (transfer === null) return null;
  const field = ['input', 'transfer'];
  if (leavers.some(({ action }) => !removesUser(action as never))) {
    return refuse('ACTION_NOT_POSSIBLE', 'Only DELETE and UNLINK hand things over; leave transfer out.', field);
  }
  const email = [...field, 'email'];
  const receivers = await receiversOf(
    tx,
    transfer.email,
    leavers.flatMap(({ accountId }) => accountId ?? []),
  );
  for (const { userId, accountId } of leavers) {
    const receiver = receivers.find((one) => one.accountId === accountId);
    const where = 'the account of those who leave';
    if (receiver === undefined) return refuse('NOT_FOUND', `${transfer.email} is nobody in ${where}.`, email);
    if (receiver.status !== 'ACTIVE') return refuse('INVALID', `${transfer.email} is not active in Zoom.`, email);
    if (receiver.userId === userId || leavers.some((one) => one.userId === receiver.userId)) {
      return refuse('INVALID', `${transfer.email} is among those who are to leave.`, email);
    }
    if (receiver.isBeingTaken) {
      return refuse(
        'INVALID',
        `Something is being taken from ${transfer.email} right now; choose somebody else.`,
        email,
      );
    }
    if (transfer.parts.some((part) => part !== 'visitors') && receiver.type === 'BASIC') {
      const message = `${transfer.email} is a Basic user, to whom Zoom hands nothing over. Choose somebody with a license.`;
      return refuse('INVALID', message, email);
    }
  }
  return null;
}
