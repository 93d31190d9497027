/** What a tab of the explorer holds at first. Only the ids have to be filled in, under "Variables". */
export interface ReadyQuery {
  query: string;
  variables?: string;
}

const ONE_INTEGRATION = '{ "integrationId": "" }';

/** Queries that people come for; the operation's name is the name of the tab. */
export const READY_QUERIES: readonly ReadyQuery[] = [
  {
    query: `# Who holds which Zoom license, who uses it, and what the unused ones cost.
# Put your token below, under "Headers": { "Authorization": "Bearer …" }
# The other tabs want the id of an integration, under "Variables".

query FirstLook {
  integrations {
    id
    displayName
    status
    account {
      name
      licenses {
        name
        assigned
        inactive
        neverActive
        compliance { position delta }
      }
    }
  }
}
`,
  },
  {
    query: `# Licensed people for whom Basic would have been enough, and what that rests on.

query PaidButNotNeeded($integrationId: ID!) {
  users(integrationId: $integrationId, filter: { type: { eq: LICENSED }, wouldBasicSuffice: { eq: true } }, first: 20) {
    totalCount
    nodes {
      email
      department
      activity { lastActivityAt basicSufficiency { longMeetingsHosted largestMeeting notLookedAt windowFrom } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
  {
    query: `# Who is inactive, and what speaks against taking the license.

query WhoIsInactive($integrationId: ID!) {
  reclamationCandidates(integrationId: $integrationId, first: 20) {
    totalCount
    nodes {
      id
      status
      action
      inactiveDays
      lastActivityAt
      user { email department }
      license { name }
      blockers { code message until }
      estimatedAnnualSavings { amount currency }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
  {
    query: `# What each department's licenses cost a year, and what the unused of them do.

query CostByDepartment($integrationId: ID!) {
  usersBy(integrationId: $integrationId, field: DEPARTMENT) {
    facets {
      value
      count
      active
      inactive
      annualCost { amount currency }
      reclaimableAnnualCost { amount currency }
    }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
  {
    query: `# A plan: who would lose what, and why. Nothing is sent to Zoom. The ids are those of candidates.

mutation DryRunReclaim($input: ReclaimInput!) {
  reclaim(input: $input) {
    reclamation {
      id
      status
      expiresAt
      planHash
      estimatedAnnualSavings { amount currency }
      items(first: 20) { nodes { action status user { email } } }
    }
    userErrors { code message field }
  }
}
`,
    variables: '{ "input": { "candidateIds": [], "dryRun": true } }',
  },
  {
    query: `# Everything that was done, newest first.

query AuditTrail($integrationId: ID!) {
  auditEvents(integrationId: $integrationId, first: 20) {
    nodes { at actor action subject details requestId }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
  {
    query: `# How far syncs and other jobs are. Ask again to see them move.

query Jobs($integrationId: ID!) {
  integration(id: $integrationId) {
    jobRuns(first: 10) { nodes { task status progress { done total } usersSeen startedAt finishedAt error } }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
  {
    query: `# What a sync would cost now. Nothing is asked of Zoom.

query NextSync($integrationId: ID!) {
  syncPlan(integrationId: $integrationId) {
    calls { light medium heavy }
    expectedSeconds
    note
    tasks { task lines { endpoint label calls isEstimate why } }
  }
}
`,
    variables: ONE_INTEGRATION,
  },
];
