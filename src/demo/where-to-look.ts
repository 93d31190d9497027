import { say } from './ask.ts';

/** Prints addresses, a token, and what is worth trying: with the regular account first, then with the tree. */
export function tellWhereToLook({
  publicUrl,
  sandboxUrl,
  token,
  regularId,
  tieredId,
  somebody,
}: {
  publicUrl: string;
  sandboxUrl: string;
  token: string;
  regularId: string;
  tieredId: string;
  /** E-mail address of somebody with a license. */
  somebody: string;
}): void {
  say(`
Explorer   ${publicUrl}/graphql   (open it in a browser)
Sandbox    ${sandboxUrl}
Token      (put it into the explorer's headers: { "authorization": "Bearer …" })
${token}

Queries worth trying:

1. Who holds a license and doesn't use it?
   { users(integrationId: "${regularId}", filter: { inactiveDays: { gte: 63 } }, first: 5) {
       totalCount nodes { email activity { lastActivityAt inactiveDays neverActive } licenses { name } } } }

2. What do unused licenses cost?
   { licenses(integrationId: "${regularId}") {
       name assigned active inactive neverActive annualCost { amount currency } reclaimableAnnualCost { amount currency } } }

3. Whom could I take a license from, and what speaks against it?
   { reclamationCandidates(integrationId: "${regularId}", first: 10) {
       nodes { id user { email } reason inactiveDays blockers { code message } estimatedAnnualSavings { amount currency } } } }

4. Which department has how much to win back?
   { usersBy(integrationId: "${regularId}", field: DEPARTMENT) {
       facets { value count active inactive reclaimableAnnualCost { amount currency } } } }

5. What will the next sync cost?
   { syncPlan(integrationId: "${regularId}") { calls { light medium heavy } expectedSeconds note } }

6. Which sub account has seats to spare, and which has too few?
   { integration(id: "${tieredId}") { account { name subAccounts { nodes {
       name plan seats subscriptionEndAt summary { licensed basic pending total }
       licenses { name assigned unassigned inactive } } } } } }

7. Who below the master could do without a license?
   { usersBy(integrationId: "${tieredId}", field: SUB_ACCOUNT, filter: { type: { eq: LICENSED } }) {
       facets { label count active inactive } } }

Something happens at Zoom, and is known here at once (the sandbox sends webhooks as Zoom does):
   curl -X POST ${sandboxUrl}/sandbox/users/${somebody} -d '{"status":"inactive"}'
   { user(email: "${somebody}") { status licenses { name } history { status validFrom } } }
`);
}
