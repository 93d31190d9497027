import { say, type Ask } from './ask.ts';

/** What one license costs a year in the demo; a real one is entered with the same mutation. */
const PRICE = { cost: '159.90', currency: 'USD', paymentFrequency: 'ANNUALLY' };

/** Enters what a license costs, so that money can be shown. */
export async function enterPrice(ask: Ask, integrationId: string): Promise<void> {
  const { licenses } = await ask<{ licenses: { id: string; uniqueId: string }[] }>(
    'query ($id: ID) { licenses(integrationId: $id) { id uniqueId } }',
    { id: integrationId },
  );
  const licenseId = licenses.find((license) => license.uniqueId === 'LICENSED')?.id;
  await ask('mutation ($input: SetEntitlementInput!) { setEntitlement(input: $input) { userErrors { message } } }', {
    input: { licenseId, ...PRICE },
  });
}

interface Figures {
  users: { totalCount: number };
  licenses: {
    name: string;
    assigned: number;
    inactive: number;
    provisioned: { count: number | null };
    reclaimableAnnualCost: { amount: string; currency: string } | null;
  }[];
  reclamationCandidates: { totalCount: number };
}

/** What was found in a regular account. */
export async function tellFigures(ask: Ask, title: string, integrationId: string): Promise<void> {
  const figures = await ask<Figures>(
    `query ($id: ID!) {
      users(integrationId: $id) { totalCount }
      licenses(integrationId: $id) { name assigned inactive provisioned { count } reclaimableAnnualCost { amount currency } }
      reclamationCandidates(integrationId: $id, filter: { status: { eq: READY } }) { totalCount }
    }`,
    { id: integrationId },
  );
  say(`\n${title}: ${figures.users.totalCount} users`);
  const held = figures.licenses.filter((one) => one.assigned > 0);
  const width = Math.max(...held.map(({ name }) => name.length));
  for (const license of held) {
    const cost = license.reclaimableAnnualCost;
    say(
      `  ${license.name.padEnd(width)} ${String(license.assigned).padStart(4)} assigned` +
        `${license.provisioned.count === null ? '' : ` of ${license.provisioned.count}`}, ${license.inactive} unused` +
        `${cost === null ? '' : `, ${cost.amount} ${cost.currency} a year to win back`}`,
    );
  }
  say(
    `  ${figures.reclamationCandidates.totalCount} candidates are ready to be taken back (the price is an example of ours).`,
  );
}

interface TreeFigures {
  users: { totalCount: number };
  integration: {
    account: {
      subAccounts: {
        nodes: {
          name: string;
          subscriptionEndAt: string | null;
          users: { totalCount: number };
          licenses: {
            uniqueId: string;
            assigned: number;
            inactive: number;
            provisioned: { count: number | null };
          }[];
        }[];
      };
    };
  };
  reclamationCandidates: { totalCount: number };
}

/** What was found in a master account and below it. */
export async function tellTree(ask: Ask, title: string, integrationId: string): Promise<void> {
  const { users, integration, reclamationCandidates } = await ask<TreeFigures>(
    `query ($id: ID!) {
      users(integrationId: $id) { totalCount }
      integration(id: $id) { account { subAccounts { nodes {
        name subscriptionEndAt users { totalCount } licenses { uniqueId assigned inactive provisioned { count } } } } } }
      reclamationCandidates(integrationId: $id, filter: { status: { eq: READY } }) { totalCount }
    }`,
    { id: integrationId },
  );
  const { nodes } = integration.account.subAccounts;
  say(`\n${title}: ${users.totalCount} users in a master account and ${nodes.length} sub accounts`);
  const width = Math.max(...nodes.map(({ name }) => name.length));
  for (const account of nodes) {
    const licensed = account.licenses.find(({ uniqueId }) => uniqueId === 'LICENSED');
    const seats = licensed?.provisioned.count ?? null;
    say(
      `  ${account.name.padEnd(width)} ${String(account.users.totalCount).padStart(4)} users, ` +
        `${licensed?.assigned ?? 0} licensed ${seats === null ? '(Zoom tells no seats)' : `of ${seats}`}, ` +
        `${licensed?.inactive ?? 0} unused` +
        `${account.subscriptionEndAt === null ? '' : `, until ${account.subscriptionEndAt.slice(0, 10)}`}`,
    );
  }
  say(`  ${reclamationCandidates.totalCount} candidates are ready to be taken back.`);
}

/** Somebody with a license, to play with. */
export async function anyLicensed(ask: Ask, integrationId: string): Promise<string> {
  const { users } = await ask<{ users: { nodes: { email: string }[] } }>(
    `query ($id: ID!) {
      users(integrationId: $id, first: 1, filter: { status: { eq: ACTIVE }, type: { eq: LICENSED }, kind: { eq: PERSON } }) { nodes { email } }
    }`,
    { id: integrationId },
  );
  return users.nodes[0]?.email ?? '';
}
