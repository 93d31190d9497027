import type { PaymentFrequency } from './savings.ts';

/** What a plan of Zoom is sold as: it decides what an account may have. */
export type PlanEdition = 'FREE' | 'PRO' | 'BUSINESS' | 'ENTERPRISE' | 'EDUCATION';

/** A plan as its code says it. */
export interface PlanWords {
  /** Name for people; of a code that nobody knows, the code itself, said to be unknown. */
  name: string;
  isKnown: boolean;
  /** What it is sold as; null for add-ons and where the code doesn't say. */
  edition: PlanEdition | null;
  /** How often the code says that it is paid; null where it doesn't say. */
  billingPeriod: PaymentFrequency | null;
  /** For how many months the code says that it was bought; null where it doesn't say. */
  termMonths: number | null;
  /** The code without how often it is paid and for how long: what stays when only that changes. */
  product: string;
}

/** Words of a code that say how often it is paid. */
const PERIODS: Readonly<Record<string, PaymentFrequency>> = {
  monthly: 'MONTHLY',
  month: 'MONTHLY',
  quarterly: 'QUARTERLY',
  semiannual: 'SEMI_ANNUALLY',
  semiannually: 'SEMI_ANNUALLY',
  halfyearly: 'SEMI_ANNUALLY',
  yearly: 'ANNUALLY',
  annual: 'ANNUALLY',
  annually: 'ANNUALLY',
};

const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5 };

/** Words of a code that say where it is sold. */
const PLACES: Readonly<Record<string, string>> = {
  usca: 'US/Canada',
  ukir: 'UK/Ireland',
  aunz: 'Australia/New Zealand',
  jp: 'Japan',
  global: 'Global Select',
};

interface Product {
  name: string;
  edition?: PlanEdition;
}

/** Base plans: their code names the edition, and Pro's may be nothing but its period. */
const BASE: readonly [RegExp, string, Product][] = [
  [/^(pro)?$/, 'pro', { name: 'Pro', edition: 'PRO' }],
  [/^bus(iness)?$/, 'business', { name: 'Business', edition: 'BUSINESS' }],
  [/^ent(erprise)?$/, 'enterprise', { name: 'Enterprise', edition: 'ENTERPRISE' }],
  [/^trial$/, 'trial', { name: 'Free Trial', edition: 'FREE' }],
  [/^(free|basic)$/, 'basic', { name: 'Basic', edition: 'FREE' }],
];

/** Everything else by its code without period and place; `$1` in a name is the number in the code. */
const PRODUCTS: readonly [RegExp, Product][] = [
  [/^edu\d*$/, { name: 'Education', edition: 'EDUCATION' }],
  [/^zobp$/, { name: 'Zoom Workplace Business Plus', edition: 'BUSINESS' }],
  [/^zoe_prem$/, { name: 'Zoom Workplace Enterprise Premier', edition: 'ENTERPRISE' }],
  [/^zo_edu_sch_cmp$/, { name: 'Zoom Workplace for Education School and Campus', edition: 'EDUCATION' }],
  [/^zo_edu_sch_cmp_plus$/, { name: 'Zoom Workplace for Education School and Campus Plus', edition: 'EDUCATION' }],
  [/^zo_edu_ent_prem$/, { name: 'Zoom Workplace for Education Enterprise Premier', edition: 'EDUCATION' }],
  [/^zo_edu_ent_hied_stu$/, { name: 'Zoom Workplace for Education Enterprise Student', edition: 'EDUCATION' }],
  [/^pro_zpp$/, { name: 'Zoom Meetings Pro and Zoom Phone Pro', edition: 'PRO' }],
  [/^webinar(\d+)$/, { name: 'Webinar $1' }],
  [/^large(\d+)$/, { name: 'Large Meeting $1' }],
  [/^zoomevents(\d+)$/, { name: 'Zoom Events $1' }],
  [/^zroom$/, { name: 'Zoom Rooms' }],
  [/^roomconnector$/, { name: 'Room Connector' }],
  [/^cmr$/, { name: 'Cloud Recording' }],
  [/^cmr_commitment_(\d+)$/, { name: 'Cloud Recording (commitment of $1)' }],
  [/^zwb$/, { name: 'Zoom Whiteboard' }],
  [/^zwb_plus$/, { name: 'Zoom Whiteboard Plus' }],
  [/^ziq_sales$/, { name: 'Zoom Revenue Accelerator' }],
  [/^zsched$/, { name: 'Zoom Scheduler' }],
  [/^ztransl$/, { name: 'Zoom Translation' }],
  [/^zwr$/, { name: 'Zoom Workspace Reservation' }],
  [/^zva$/, { name: 'Zoom Virtual Agent' }],
  [/^znode$/, { name: 'Zoom Node' }],
  [/^(zph|zphybrid)$/, { name: 'Zoom Node Phone Hybrid' }],
  [/^zm_hybrid$/, { name: 'Zoom Node Meeting Hybrid' }],
  [/^zmc$/, { name: 'Zoom Node Meeting Connector' }],
  [/^zrc$/, { name: 'Zoom Node Recording Connector' }],
  [/^zmesh$/, { name: 'Zoom Mesh' }],
  [/^zm_wf_mgt$/, { name: 'Zoom Workforce Management' }],
  [/^zm_visitor_management$/, { name: 'Zoom Visitor Management' }],
  [/^zccp$/, { name: 'Zoom Contact Center' }],
  [/^zp_power_pack$/, { name: 'Zoom Phone Power Pack' }],
  [/^phone_calling$/, { name: 'Zoom Phone calling' }],
  [/^phone_toll_free_number$/, { name: 'Zoom Phone toll-free number' }],
  [/^zoomaudio$/, { name: 'Audio conferencing' }],
  [/^vsdk_cmr_(\d+)$/, { name: 'Video SDK Cloud Recording $1' }],
];

/**
 * What a plan's code says. `isBase` says that it stands where Zoom puts an account's own plan, or may have stood there: only
 * then a code that is nothing but a period is Pro. A code that nobody knows keeps its words and is said to be unknown;
 * `given` is the name that Zoom itself sent of it.
 */
export function planWords(
  code: string,
  { isBase, given = null }: { isBase: boolean; given?: string | null },
): PlanWords {
  const { billingPeriod, termMonths, product } = withoutTerm(code);
  const time = { billingPeriod, termMonths };
  const base = isBase ? BASE.find(([pattern]) => pattern.test(product)) : undefined;
  if (base !== undefined) {
    const [, id, { name, edition = null }] = base;
    return { name, isKnown: true, edition, ...time, product: id };
  }
  const { rest, more } = withoutPlace(product);
  for (const [pattern, { name, edition = null }] of PRODUCTS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    const full = `${name.replace('$1', match[1] ?? '')}${more === '' ? '' : ` (${more})`}`;
    return { name: full, isKnown: true, edition, ...time, product };
  }
  return { name: given ?? `Unknown (${code})`, isKnown: false, edition: null, ...time, product };
}

/** Takes apart what is bought and for how long: `webinar500_yearly`, `plan_pro_three_years`, `zsched_three_year`. */
function withoutTerm(code: string): Pick<PlanWords, 'billingPeriod' | 'termMonths' | 'product'> {
  const words = code
    .toLowerCase()
    .replace(/^plan_/, '')
    .split('_');
  let billingPeriod: PaymentFrequency | null = null;
  let years: number | null = null;
  let isPrepaid = false;
  const kept: string[] = [];
  for (const [at, word] of words.entries()) {
    const joined = /^(\d|one|two|three|four|five)-?years?(?:ly)?$/.exec(word);
    if (Object.hasOwn(PERIODS, word)) billingPeriod = PERIODS[word] ?? null;
    else if (joined !== null) years = numberOf(joined[1]);
    else if (/^years?$/.test(word) && numberOf(words[at - 1]) !== null) {
      kept.pop();
      years = numberOf(words[at - 1]);
    } else if (word === 'prepay') isPrepaid = true;
    else kept.push(word);
  }
  const termMonths = years !== null ? years * 12 : isPrepaid && billingPeriod === 'ANNUALLY' ? 12 : null;
  return { billingPeriod, termMonths, product: kept.join('_') };
}

function numberOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  return /^[1-9]$/.test(word) ? Number(word) : Object.hasOwn(NUMBERS, word) ? (NUMBERS[word] ?? null) : null;
}

/** Takes the words for places and for unlimited calling off a product, and says them for people. */
function withoutPlace(product: string): { rest: string; more: string } {
  const more: string[] = [];
  const rest = product.split('_').filter((word) => {
    const said = Object.hasOwn(PLACES, word) ? PLACES[word] : /^unlimit(ed)?$/.test(word) ? 'unlimited' : undefined;
    if (said !== undefined) more.push(said);
    return said === undefined;
  });
  return { rest: rest.join('_'), more: more.join(', ') };
}

/** Zoom's words for the type of a sub account, in lower case. */
const ACCOUNT_TYPES: ReadonlyMap<string, Product> = new Map([
  ['api partner', { name: 'API Partner' }],
  ['bulk license', { name: 'Bulk License' }],
  ['basic', { name: 'Basic', edition: 'FREE' }],
  ['free', { name: 'Basic', edition: 'FREE' }],
  ['free trial', { name: 'Free Trial', edition: 'FREE' }],
  ['trial', { name: 'Free Trial', edition: 'FREE' }],
  ['pro', { name: 'Pro', edition: 'PRO' }],
  ['business', { name: 'Business', edition: 'BUSINESS' }],
  ['business plus', { name: 'Business Plus', edition: 'BUSINESS' }],
  ['enterprise', { name: 'Enterprise', edition: 'ENTERPRISE' }],
  ['enterprise plus', { name: 'Enterprise Plus', edition: 'ENTERPRISE' }],
  ['education', { name: 'Education', edition: 'EDUCATION' }],
]);

/**
 * What Zoom's type of a sub account is called: it comes as a word (`API Partner`, `Bulk License`, `business`) or as the code
 * of a base plan. What nobody knows keeps its words and is said to be unknown.
 */
export function accountTypeWords(type: string): { name: string; isKnown: boolean; edition: PlanEdition | null } {
  const found = ACCOUNT_TYPES.get(
    type
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' '),
  );
  if (found !== undefined) return { name: found.name, isKnown: true, edition: found.edition ?? null };
  const { name, isKnown, edition } = planWords(type, { isBase: true });
  return { name, isKnown, edition };
}
