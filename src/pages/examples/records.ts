import type { Example } from '../config.ts';

/** Those who see rules, and those who see themselves. */
export const RECORDS: readonly Example[] = [
  {
    name: 'What do our rules give, and to whom?',
    description:
      'For a Caldicott guardian: every agency, every rule that a query would rest on, and nobody’s data.',
    persona: 'governance-officer',
    variables: {
      query:
        '{ person(id: "any") { crisisPlan { whatHelps } clinical { notes { text } } housing { arrearsPence } } }',
    },
    query: /* GraphQL */ `query RulesInForce($query: String!) {
  viewer { name role organisation relationship mayAsk { section agency { id } level reason } }
  agencies { id name sections contact { desk phone email } }
  disclosurePlan(query: $query) {
    fields { path agency { id } state reason rule { file line agreement { id version review } } }
    agenciesAsked { id }
  }
}
`,
  },
  {
    name: 'What people want of our data',
    description:
      'Consents to confirm, objections to decide and mistakes to answer for your agency, with the day until which.',
    persona: 'governance-officer',
    variables: {},
    query: /* GraphQL */ `query WishesToAnswer {
  consentsToConfirm {
    items { id purpose to { name } evidence recordedBy { name organisation } confirmBy ownRecords }
    next
  }
  objections(state: WAITING) {
    items { id section why fromPerson recordedBy { name organisation } at answerBy ownRecords }
    next
  }
  mistakes(state: WAITING) {
    items { id section field why fromPerson recordedBy { name organisation } at answerBy ownRecords ownRow }
    next
  }
}
`,
  },
  {
    name: 'My own record',
    description: 'What the agencies hold of Maya Kerr and may tell her, and who answers her in writing.',
    persona: 'data-subject',
    variables: { by: { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' } },
    query: /* GraphQL */ `query OwnRecord($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { state name dateOfBirth differs records { name source { agency { name } asOf } } }
        addresses { state items { lines postcode current source { agency { name } } } }
        involvements { state items { service serviceName status from to contact { desk phone } } }
        housing { state tenancy { kind { text } from } arrearsBand noticeStage }
        benefits { state awards { kind { text } from to } }
        intelligence { state sources { agency { name } reason } }
      }
    }
    contacts { desk phone }
  }
  accessHistory {
    state
    message
    entries(first: 20) {
      items { date organisation { name } role purpose sections breakGlass }
      next
    }
    complaints
    contacts { desk phone email }
  }
}
`,
  },
];
