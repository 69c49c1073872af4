import type { Example } from './config.ts';
import { ADULTS } from './examples/adults.ts';
import { ANALYSTS } from './examples/analysts.ts';
import { CHILDREN } from './examples/children.ts';
import { RECORDS } from './examples/records.ts';

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };

const THREE_AM_CALL = /* GraphQL */ `query ThreeAmCall($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      confidence
      person {
        relationship
        identity { state name dateOfBirth differs }
        warningMarkers { state items { type guidance source { agency { name } } } }
        mentalHealth { state openToService team { desk phone } detained legalStatus { text } legalStatusTo }
        crisisPlan {
          state
          sharedExtract
          whatHelps
          triggers
          sources { agency { name } state level reason scope contact { desk phone } }
        }
        clinical { state diagnoses { diagnosis { text } } sources { agency { name } reason contact { desk phone } } }
        policeEvents { state items(first: 5) { date category outcome } sources { level scope } }
        household { state dependentChildren }
        domesticAbuse { state seeAlone }
      }
    }
    contacts { desk phone }
  }
}
`;

/** Queries that show what Sightline is for. Typed clients are generated from them, and tests run them. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'The call at 3am, by the officer',
    description: 'What to know before going to the door, and what is for the nurse to say.',
    persona: 'response-officer',
    variables: { by: MAYA },
    query: THREE_AM_CALL,
  },
  {
    name: 'The call at 3am, by the nurse',
    description: 'The same query on the same incident: another answer.',
    persona: 'triage-nurse',
    variables: { by: MAYA },
    query: THREE_AM_CALL,
  },
  {
    name: 'What has happened this year',
    description:
      'Events of all agencies in one line, newest first, each as its own section gives it. Give `next` as `after` for more.',
    persona: 'triage-nurse',
    variables: { by: MAYA, first: 20 },
    query: /* GraphQL */ `query WhatHasHappened($by: PersonSearch!, $since: Date, $until: Date, $first: Int, $after: ID) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name }
        timeline(since: $since, until: $until, first: $first, after: $after) {
          state
          items { date section title detail source { agency { name } } }
          next
          sources { agency { name } state level reason scope contact { desk phone } }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Break-glass: she is unconscious',
    description:
      'What an officer may open in an emergency: the gaps have the action. Ask for the person’s id beside the section.',
    persona: 'response-officer',
    variables: { by: MAYA },
    query: /* GraphQL */ `query Unconscious($by: PersonSearch!) {
  findPeople(by: $by) {
    people {
      person {
        id
        identity { name }
        clinical {
          state
          medication { name dose }
          allergies { substance reaction }
          diagnoses { diagnosis { text } }
          sources { agency { id } state level reason }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Break-glass to review',
    description: 'What was opened of your agency’s data, by whom and why, and until when you review it.',
    persona: 'governance-officer',
    variables: {},
    query: /* GraphQL */ `query GlassToReview {
  breakGlassGrants {
    items {
      id
      state
      openedBy { name role organisation }
      openedAt
      fields
      ground
      personsView
      statement
      relationship
      reference
      ownRecords
      reviewBy
      reviews { agency { id } finding personTold }
      confirmBy
      confirmed
    }
    next
  }
}
`,
  },
  {
    name: 'What a person of the agency decides',
    description:
      'What the trust tells a social worker only once somebody there has decided: the gaps have the action. Ask for the person’s id beside the section.',
    persona: 'mash-social-worker',
    variables: { by: MAYA },
    query: /* GraphQL */ `query NeedsADecision($by: PersonSearch!) {
  findPeople(by: $by) {
    people {
      person {
        id
        identity { name }
        clinical {
          state
          diagnoses { diagnosis { text } }
          medication { name }
          sources { agency { id } state level reason message }
        }
      }
    }
  }
}
`,
  },
  {
    name: 'Requests waiting for a decision',
    description: 'What your agency is asked to decide, by whom and why, and by when you answer.',
    persona: 'governance-officer',
    variables: {},
    query: /* GraphQL */ `query RequestsWaiting {
  disclosureRequests(state: WAITING) {
    items {
      id
      state
      section
      why
      reference
      askedBy { name role organisation }
      askedAt
      answerBy
      ownRecords
    }
    next
  }
}
`,
  },
  {
    name: 'What may I ask?',
    description:
      'Every section of every agency at your role and purpose, with the reason where it is withheld.',
    persona: 'triage-nurse',
    variables: {},
    query: /* GraphQL */ `query MayAsk {
  viewer {
    name
    role
    purpose
    reference
    relationship
    mayAsk { section agency { id } level reason scope gateways agreement { id version review } }
  }
}
`,
  },
  {
    name: 'What would this disclose?',
    description: 'Agency by agency, with the file and line of the rule, and without looking at anybody.',
    persona: 'response-officer',
    variables: {
      query: '{ person(id: "any") { crisisPlan { whatHelps triggers } clinical { diagnoses { from } } } }',
    },
    query: /* GraphQL */ `query WouldDisclose($query: String!) {
  disclosurePlan(query: $query) {
    fields {
      path
      agency { id }
      state
      level
      reason
      scope
      rule { file line gateways agreement { id version } }
    }
    agenciesAsked { id }
    agenciesNotAsked { id }
  }
}
`,
  },
  {
    name: 'Before a visit',
    description: 'A housing officer about a tenant: what is due, who else is involved, what to watch for.',
    persona: 'housing-officer',
    variables: { by: MAYA },
    query: /* GraphQL */ `query BeforeVisit($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        housing { state arrearsBand noticeStage tenancy { kind { text } from } }
        involvements { state items { service status contact { desk phone } } }
        warningMarkers {
          state
          items { type guidance source { agency { name } } }
          sources { agency { name } state reason }
        }
        mentalHealth { state sources { agency { name } state reason contact { desk phone } } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'A child in the household',
    description: 'A social worker follows the household from the mother to her children.',
    persona: 'mash-social-worker',
    variables: { system: 'NHS_NUMBER', value: '9990000018' },
    query: /* GraphQL */ `query ChildInHousehold($system: IdentifierSystem!, $value: String!) {
  personByIdentifier(system: $system, value: $value) {
    identity { name dateOfBirth }
    involvements { state items { service serviceName status lead { name team phone } source { agency { name } } } }
    household {
      state
      dependentChildren
      members {
        relationship
        sameAddress
        person { identity { name dateOfBirth } childSafeguarding { state known items { status } } }
      }
    }
  }
}
`,
  },
  ...CHILDREN,
  ...ADULTS,
  ...RECORDS,
  {
    name: 'Which agencies are there?',
    description: 'What each supplies and covers, and whom to call. Needs neither purpose nor reference.',
    variables: {},
    query: /* GraphQL */ `query Agencies {
  agencies { id name sections coverage contact { desk phone hours staffedNow } }
}
`,
  },
  ...ANALYSTS,
];

/** Those that name nobody and nobody's case: outside the demo, each asks them as who they are. */
export const EXAMPLES_FOR_ANYBODY: readonly Example[] = ANALYSTS.map(({ persona: _, ...example }) => example);
