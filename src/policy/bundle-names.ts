import type { UserRow } from '../db/tables/rows.ts';
import { KNOWN_BUNDLES, KNOWN_UNITED, MAX_BITS, NO_BITS } from './subscription-identifiers.ts';

/** A bundle that a user holds: one bit of what Zoom sends. */
export interface UserBundle {
  /** The field that it stands in. */
  source: 'WORKPLACE_BUNDLE' | 'UNITED_PLAN';
  /** The bit as a decimal number; what is no sum of bits, as it came. */
  code: string;
  /** Name for people; of what nobody knows, the code, said to be unknown. */
  name: string;
  isKnown: boolean;
}

const PLACES = ['US/Canada', 'UK/Ireland', 'Australia/New Zealand', 'Global Select'];
const EDUCATION_PLACES = ['US/Canada', 'Japan', 'UK/Ireland', 'Australia/New Zealand', 'Global Select'];
const WORKPLACE = 'Zoom Workplace';
const EDUCATION = `${WORKPLACE} for Education`;
const PREMIER = `${WORKPLACE} Enterprise Premier`;

/** Bits of `zoom_one_type`, in the order in which they are known. */
const BUNDLES: readonly string[] = [
  `${WORKPLACE} Enterprise`,
  `${WORKPLACE} Enterprise Plus`,
  `${WORKPLACE} Business Plus (US/Canada)`,
  `${WORKPLACE} Business Plus (UK/Ireland)`,
  `${WORKPLACE} Business Plus (Australia/New Zealand)`,
  `${WORKPLACE} Business Plus (Japan)`,
  `${WORKPLACE} Business Plus (Global Select)`,
  `${PREMIER} (US/Canada)`,
  `${PREMIER} (Japan)`,
  `${PREMIER} (UK/Ireland)`,
  `${PREMIER} (Australia/New Zealand)`,
  `${WORKPLACE} Pro Plus (US/Canada)`,
  ...EDUCATION_PLACES.map((place) => `${EDUCATION} Enterprise Premier (${place})`),
  ...EDUCATION_PLACES.map((place) => `${EDUCATION} School and Campus Plus (${place})`),
  `${EDUCATION} School and Campus`,
  `${EDUCATION} Enterprise Essentials`,
  `${EDUCATION} Enterprise Plus`,
  `${EDUCATION} Enterprise Student`,
];

/** Bits of `plan_united_type`, the lowest first. */
const UNITED: readonly string[] = [
  ...['Pro', 'Business', 'Enterprise'].flatMap((edition) => [
    ...PLACES.map((place) => `Zoom United ${edition} (${place})`),
    `Zoom United ${edition} with Phone Pro`,
  ]),
  ...['Pro', 'Business', 'Enterprise'].map((edition) => `Zoom United ${edition} (Japan)`),
];

/** Bundles of a user, Workplace before United; empty where Zoom sends none. */
export function bundlesOf({
  zoomOneType,
  planUnitedType,
}: Pick<UserRow, 'zoomOneType' | 'planUnitedType'>): UserBundle[] {
  return [
    ...named('WORKPLACE_BUNDLE', zoomOneType, KNOWN_BUNDLES, BUNDLES),
    ...named('UNITED_PLAN', planUnitedType, KNOWN_UNITED, UNITED),
  ];
}

function named(
  source: UserBundle['source'],
  sent: string | null,
  known: readonly bigint[],
  names: readonly string[],
): UserBundle[] {
  if (sent === null || NO_BITS.includes(sent.toLowerCase())) return [];
  const unknown = (code: string) => ({ source, code, name: `Unknown (${code})`, isKnown: false });
  // Bits of anything else say nothing.
  if (!/^[0-9]{1,19}$/.test(sent) || BigInt(sent) > MAX_BITS) return [unknown(sent)];
  const bundles: UserBundle[] = [];
  for (let bits = BigInt(sent), bit = 1n; bits > 0n; bits >>= 1n, bit <<= 1n) {
    if ((bits & 1n) === 0n) continue;
    const name = names[known.indexOf(bit)];
    const code = String(bit);
    bundles.push(name === undefined ? unknown(code) : { source, code, name, isKnown: true });
  }
  return bundles;
}
