import type { ReclamationAction, TransferRecord } from '../db/tables/reclamations.ts';

/** What decides about the words of a plan. */
export interface PlanSubject {
  action: ReclamationAction;
  /** Name of the license that is to be taken. */
  license: string;
  /** Names of everything that the user holds. */
  licenses: readonly string[];
  loginTypes: readonly number[] | null;
  features: Readonly<Record<string, unknown>> | null;
  /** Known cloud recordings. */
  cloudRecordings: number;
  transfer: TransferRecord | null;
}

export interface PlanWarning {
  code: 'MAY_RETURN' | 'RECORDINGS_AT_RISK' | 'NOT_HANDED_OVER' | 'NO_UNDO' | 'ACCESS_LOST' | 'PHONE_LOST';
  message: string;
}

const SSO = 101;

const has = (features: PlanSubject['features'], name: string) => features?.[name] === true;

/** What a user loses by an action, in words. */
export function losesOf({ action, license, licenses }: Pick<PlanSubject, 'action' | 'license' | 'licenses'>): string[] {
  switch (action) {
    case 'REMOVE_ADD_ON':
      return [license];
    case 'DOWNGRADE':
      // A Basic user holds no add-on.
      return [...licenses];
    case 'DEACTIVATE':
      return [...licenses, 'Signing in to Zoom'];
    case 'UNLINK':
      return [...licenses, 'Membership in the account'];
    case 'DELETE':
      return [...licenses, 'The user, with everything that is not handed over'];
  }
}

/** What could go wrong, worst first. */
export function warningsOf(subject: PlanSubject): PlanWarning[] {
  const { action, features, transfer } = subject;
  const warnings: PlanWarning[] = [];
  if (action === 'DELETE') {
    warnings.push({ code: 'NO_UNDO', message: 'Nobody can give a deleted user back.' });
  }
  if (action === 'UNLINK') {
    warnings.push({ code: 'NO_UNDO', message: 'An unlinked user comes back only by accepting an invitation.' });
  }
  if (action === 'DELETE' || action === 'UNLINK') {
    const parts = transfer?.parts ?? [];
    const kept = ['meeting', 'webinar', 'recording'].filter((part) => !parts.includes(part));
    if (kept.length > 0) {
      warnings.push({
        code: 'NOT_HANDED_OVER',
        message: `Nobody gets their ${kept.map((part) => `${part}s`).join(', ')}.`,
      });
    }
  }
  const keepsRecordings = transfer?.parts.includes('recording') === true || action === 'REMOVE_ADD_ON';
  if (subject.cloudRecordings > 0 && !keepsRecordings) {
    const message = `Has ${subject.cloudRecordings} cloud recordings that are known; Zoom may remove those of users without a license.`;
    warnings.push({ code: 'RECORDINGS_AT_RISK', message });
  }
  if (action === 'DEACTIVATE') {
    const message =
      "Can't sign in any more; where the account deletes deactivated users after some days, this deletes them then.";
    warnings.push({ code: 'ACCESS_LOST', message });
  }
  if (has(features, 'zoom_phone') && action !== 'REMOVE_ADD_ON') {
    warnings.push({ code: 'PHONE_LOST', message: 'Uses Zoom Phone; their number may be freed.' });
  }
  if (subject.loginTypes?.includes(SSO) === true && action !== 'DELETE') {
    const message = 'Signs in by single sign-on: a mapping there may hand the license out again at the next sign-in.';
    warnings.push({ code: 'MAY_RETURN', message });
  }
  return warnings;
}
