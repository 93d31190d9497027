import { choice, iso, ok, reportSpan, scopes } from './endpoint.ts';
import { DAY, HOUR } from '../world/model.ts';
import type { Endpoint } from './endpoint.ts';
import type { SandboxUser } from '../world/model.ts';

const READ = ['report:read'];

interface Sign {
  at: number;
  user: SandboxUser;
  type: 'Sign in' | 'Sign out';
}

/** Reports of who did what: sign-ins and operations. */
export const logReports: Endpoint[] = [
  {
    method: 'GET',
    path: '/report/activities',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:user_activities'),
    prefixable: true,
    handle(call) {
      const { from, to } = reportSpan(call, true);
      const page = call.pages.take(call, '/report/activities', 300, () =>
        [...call.account.users.values()].flatMap((user) => signs(user, from, to, call.now)).sort((a, b) => b.at - a.at),
      );
      return ok({
        from: iso(from),
        to: iso(to - DAY),
        next_page_token: page.nextPageToken,
        page_size: page.pageSize,
        activity_logs: page.items.map(({ at, user, type }) => ({
          email: user.email,
          time: iso(at),
          type,
          client_type: user.clientVersion ? (/\((.*)\)/.exec(user.clientVersion)?.[1] ?? 'Windows') : 'Browser',
          ip_address: `192.0.2.${(user.index % 253) + 1}`,
          version: user.clientVersion?.split(' ')[0] ?? '-',
        })),
      });
    },
  },
  {
    method: 'GET',
    path: '/report/operationlogs',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:operation_logs'),
    prefixable: true,
    handle(call) {
      const { from, to } = reportSpan(call);
      const category = choice(
        call,
        'category_type',
        [
          'all',
          'user',
          'user_settings',
          'account',
          'billing',
          'im',
          'recording',
          'phone_contacts',
          'webinar',
          'sub_account',
          'role',
          'zoom_rooms',
        ],
        'all',
      );
      const page = call.pages.take(call, '/report/operationlogs', 300, () =>
        call.account.operationLogs
          .filter((log) => log.at >= from && log.at < to && (category === 'all' || log.category === category))
          .reverse(),
      );
      return ok({
        next_page_token: page.nextPageToken,
        page_size: page.pageSize,
        operation_logs: page.items.map((log) => ({
          time: iso(log.at),
          operator: log.operator,
          category_type: log.category,
          action: log.action,
          operation_detail: log.detail,
        })),
      });
    },
  },
];

/** Sign-ins of a user in a span, the true last one and the regular ones before it, and the sign-outs that followed. */
function signs(user: SandboxUser, from: number, to: number, now: number): Sign[] {
  const list: Sign[] = [];
  if (user.lastLoginAt === null) return list;
  const step = user.loginEveryDays * DAY;
  const stay = user.signsOutAfterHours * HOUR;
  for (let at = user.lastLoginAt; at + stay >= from && at >= user.userCreatedAt; at -= step) {
    const out = at + stay;
    if (stay > 0 && out < to && out <= now) list.push({ at: out, user, type: 'Sign out' });
    if (at >= from && at < to) list.push({ at, user, type: 'Sign in' });
    if (step === 0) break;
  }
  return list;
}
