import { shownSettings } from './user-shape.ts';
import { userSettingsUpdated, userUpdated } from '../webhooks.ts';
import type { ApiCall } from './endpoint.ts';
import type { SandboxUser } from '../world/model.ts';

type Values = Record<string, unknown>;

/** What a webhook about a changed user can tell, as it is now. */
export interface Remembered {
  profile: Values;
  feature: Values;
}

export function remember(user: SandboxUser): Remembered {
  return {
    profile: {
      first_name: user.firstName,
      last_name: user.lastName,
      display_name: user.displayName,
      type: user.type,
      dept: user.department,
      company: user.company,
      timezone: user.timezone,
      language: user.language,
    },
    feature: shownSettings(user, 'feature').feature!,
  };
}

/** Tells that a user was changed: what is new, and what was before. Licenses that went with a type are told with it. */
export function tellUpdate(
  call: Pick<ApiCall, 'emit' | 'now'> & Partial<Pick<ApiCall, 'caller'>>,
  user: SandboxUser,
  before: Remembered,
): void {
  const after = remember(user);
  const of = (values: Remembered, other: Remembered) => {
    const feature = differing(values.feature, other.feature);
    return {
      ...differing(values.profile, other.profile),
      ...(Object.keys(feature).length > 0 && { settings: { feature } }),
    };
  };
  const news = of(after, before);
  if (Object.keys(news).length === 0) return;
  const happening = { at: call.now, ...(call.caller && { operator: call.caller }) };
  call.emit(userUpdated(user, news, of(before, after), happening));
}

/** Tells that the settings of a user were changed. */
export function tellSettings(call: ApiCall, user: SandboxUser, before: Remembered): void {
  const { feature } = remember(user);
  call.emit(
    userSettingsUpdated(
      user,
      { feature: differing(feature, before.feature) },
      { feature: differing(before.feature, feature) },
      { at: call.now, operator: call.caller },
    ),
  );
}

/** Those of the values that are others there. */
function differing(values: Values, there: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => there[name] !== value));
}
