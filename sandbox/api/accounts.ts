import { iso, isoDay, ok, scopes } from './endpoint.ts';
import { noMasterOption, ZoomError } from './errors.ts';
import { pageFields } from './pages.ts';
import { baseUsage, largeMeetingUsage, roomUsage, seatsTold, webinarUsage, zoomOneUsage } from '../world/seats.ts';
import { DAY } from '../world/model.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import type { Account, Plan } from '../world/model.ts';

const READ = ['account:read'];

export const accountReads: Endpoint[] = [
  {
    method: 'GET',
    path: '/accounts',
    label: 'MEDIUM',
    scopes: scopes(READ, 'account:read:list_sub_accounts', { onlyMaster: true }),
    prefixable: false,
    handle(call) {
      if (call.account.kind !== 'MASTER' || !call.world.masterFeature) throw noMasterOption();
      const page = call.pages.take(call, '/accounts', 300, () => call.world.subAccounts);
      return ok({ ...pageFields(page), accounts: page.items.map(listedAccount) });
    },
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}',
    label: 'LIGHT',
    scopes: scopes(READ, 'account:read:sub_account'),
    prefixable: false,
    handle({ account }) {
      if (account.kind !== 'SUB') throw new ZoomError(404, 2001, `Account does not exist: ${account.id}.`);
      const owner = account.users.get(account.ownerId);
      return ok({
        id: account.id,
        owner_id: account.ownerId,
        owner_email: owner?.email ?? '',
        created_at: iso(account.createdAt),
        vanity_url: `https://${account.domain.split('.')[0]}.zoom.us`,
        options: { share_rc: false, share_mc: false, pay_mode: account.payMode, billing_auto_renew: true },
      });
    },
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/plans/usage',
    label: 'HEAVY',
    scopes: {
      own: [
        'billing:master',
        'account:master',
        'account:read:admin',
        'billing:read:plan_usage:admin',
        'billing:read:plan_usage:master',
      ],
      sub: ['billing:master', 'account:master', 'billing:read:plan_usage:master'],
    },
    prefixable: false,
    handle: planUsage,
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/plans',
    label: 'MEDIUM',
    scopes: {
      own: ['billing:master', 'billing:read:plan_information:master', 'billing:read:plan_information:admin'],
      sub: ['billing:master', 'billing:read:plan_information:master'],
    },
    prefixable: false,
    handle: planInformation,
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/settings',
    label: 'MEDIUM',
    scopes: scopes(READ, 'account:read:settings'),
    prefixable: false,
    handle: ({ account, query }) => ok(filtered(accountSettings(account), query.get('custom_query_fields'))),
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/lock_settings',
    label: 'MEDIUM',
    scopes: scopes(READ, 'account:read:lock_settings', { onlyMaster: true }),
    prefixable: false,
    handle: ({ query }) =>
      ok(
        filtered(
          {
            schedule_meeting: { host_video: false, meeting_authentication: true, join_before_host: false },
            in_meeting: { chat: false, e2e_encryption: false },
            recording: { local_recording: true, cloud_recording: false, auto_delete_cmr: true },
            meeting_security: { waiting_room: true, meeting_password: true },
          },
          query.get('custom_query_fields'),
        ),
      ),
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/managed_domains',
    label: 'LIGHT',
    scopes: scopes(READ, 'account:read:managed_domains', { onlyMaster: true }),
    prefixable: false,
    handle: ({ account }) => ok({ total_records: account.managedDomains.length, domains: account.managedDomains }),
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/trusted_domains',
    label: 'LIGHT',
    scopes: scopes(READ, 'account:read:trusted_domains', { onlyMaster: true }),
    prefixable: false,
    handle: ({ account }) => ok({ trusted_domains: account.trustedDomains }),
  },
];

function listedAccount(account: Account) {
  return {
    id: account.id,
    account_name: account.name,
    account_number: String(account.number),
    owner_email: account.users.get(account.ownerId)?.email ?? '',
    account_type: account.accountType,
    seats: seatsTold(account),
    subscription_start_time: iso(account.subscriptionStartAt),
    subscription_end_time: iso(account.subscriptionEndAt),
    created_at: iso(account.createdAt),
  };
}

/** Seats bought and seats in use, counted at this moment. */
function planUsage({ account, now }: ApiCall) {
  mustNotPayItself(account);
  const { plans } = account;
  const seats = (plan: Plan, used: { usage: number; pending: number }) => ({
    type: plan.type,
    hosts: plan.hosts,
    ...used,
  });
  const zoomOne = plans.zoomOne.map((plan) => seats(plan, zoomOneUsage(account, plan.zoomOneType)));
  return ok({
    ...(plans.base.type !== '' && {
      plan_base: { ...seats(plans.base, baseUsage(account)), active_hosts: activeHosts(account, now) },
    }),
    plan_webinar: plans.webinar
      .filter((plan) => plan.hosts > 0)
      .map((plan) => seats(plan, webinarUsage(account, plan.capacity))),
    plan_large_meeting: plans.largeMeeting
      .filter((plan) => plan.hosts > 0)
      .map((plan) => seats(plan, largeMeetingUsage(account, plan.capacity))),
    ...(zoomOne.some((plan) => plan.usage > 0) && { plan_zoom_one: zoomOne }),
    ...(plans.rooms.hosts > 0 && {
      plan_zoom_rooms: { type: plans.rooms.type, hosts: plans.rooms.hosts, usage: roomUsage(account) },
    }),
    ...Object.fromEntries(plans.others.map(({ key, type, hosts }) => [key, { type, hosts, usage: 0 }])),
    plan_recording: {
      type: 'cmr_monthly_commitment_40',
      free_storage: '5 GB',
      free_storage_usage: '5 GB',
      plan_storage: '40 GB',
      plan_storage_usage: '12 GB',
      plan_storage_exceed: '0',
    },
  });
}

/** What a master does not pay for, it may not see. */
function mustNotPayItself(account: Account): void {
  if (account.payMode === 'sub') throw new ZoomError(400, 2100, 'This sub account is on self pay mode.');
}

function activeHosts(account: Account, now: number): number {
  const { history } = account;
  const hosts = new Set<number>();
  for (let instance = 0; instance < history.instanceSeries.length; instance++) {
    if (history.instanceStartAt.get(instance) > now - 30 * DAY) hosts.add(history.host(instance));
  }
  return hosts.size;
}

function planInformation({ account, now }: ApiCall) {
  mustNotPayItself(account);
  const status = account.subscriptionEndAt > now ? 'active' : 'expired';
  const dates = {
    status,
    service_effective_date: isoDay(account.subscriptionStartAt),
    next_invoice_date: isoDay(account.subscriptionEndAt),
  };
  const bought = (plans: Plan[]) =>
    plans.filter((plan) => plan.hosts > 0).map((plan) => ({ type: plan.type, hosts: plan.hosts, ...dates }));
  const { plans } = account;
  return ok({
    ...(plans.base.type !== '' && {
      plan_base: { type: plans.base.type, hosts: plans.base.hosts, active_hosts: activeHosts(account, now), ...dates },
    }),
    plan_webinar: bought(plans.webinar),
    plan_large_meeting: bought(plans.largeMeeting),
    plan_zoom_one: bought(plans.zoomOne),
    ...(plans.rooms.hosts > 0 && {
      plan_zoom_rooms: { type: plans.rooms.type, hosts: plans.rooms.hosts, ...dates },
    }),
    ...Object.fromEntries(plans.others.map(({ key, type, hosts }) => [key, { type, hosts, ...dates }])),
    plan_recording: 'cmr_monthly_commitment_40',
  });
}

type Blocks = Record<string, Record<string, unknown>>;

function accountSettings(account: Account): Blocks {
  const { plans } = account;
  return {
    schedule_meeting: { host_video: false, participant_video: false, join_before_host: true, audio_type: 'both' },
    in_meeting: { chat: true, private_chat: true, polling: true, e2e_encryption: true },
    recording: {
      local_recording: true,
      cloud_recording: true,
      auto_recording: 'none',
      auto_delete_cmr: true,
      auto_delete_cmr_days: 90,
    },
    feature: { meeting_capacity: plans.base.hosts > 0 ? 300 : 100 },
    security: {
      admin_change_name_pic: true,
      hide_billing_info: false,
      sign_in_with_two_factor_auth: 'none',
      signin_with_sso: { enable: true, require_sso_for_domains: true, domains: [account.domain], sso_bypass_users: [] },
    },
  };
}

function filtered(blocks: Blocks, fields: string | null): Blocks {
  if (!fields) return blocks;
  const wanted = fields.split(',').map((field) => field.trim());
  return Object.fromEntries(Object.entries(blocks).filter(([name]) => wanted.includes(name)));
}
