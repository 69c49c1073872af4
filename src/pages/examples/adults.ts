import type { Example } from '../config.ts';

const DONNA = { familyName: 'Shaw', givenName: 'Donna', dateOfBirth: '1989-08-02' };
const IRIS = { familyName: 'Holt', givenName: 'Iris', dateOfBirth: '1949-02-17' };
const LEILA = { familyName: 'Haddad', givenName: 'Leila', dateOfBirth: '1991-07-02' };

/** Adults: a claim, a consultation, a case of domestic abuse. */
export const ADULTS: readonly Example[] = [
  {
    name: 'A claim and the rent',
    description: 'The claim and how far the landlord has gone; nothing of anybody’s health.',
    persona: 'work-coach',
    variables: { by: DONNA },
    query: /* GraphQL */ `query ClaimAndRent($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        benefits {
          state
          awards { kind { text } from to }
          healthGroup { text }
          activeSanction { level { text } from days }
        }
        housing { state tenancy { kind { text } } arrearsBand noticeStage threatenedWithin56Days }
        mentalHealth { state openToService sources { agency { name } reason } }
        clinical { state diagnoses { from } sources { agency { name } reason } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'A patient in the surgery',
    description: 'The record of the practice and of the trust, side by side, for direct care.',
    persona: 'general-practitioner',
    variables: { by: IRIS },
    query: /* GraphQL */ `query PatientInSurgery($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name dateOfBirth differs }
        clinical {
          state
          diagnoses { diagnosis { code text system } from active source { agency { name } } }
          medication { name dose highRisk source { agency { name } } }
          allergies { substance reaction source { agency { name } } }
        }
        mentalHealth { state openToService team { desk phone } }
        involvements { state items { service serviceName status contact { desk phone } } }
        warningMarkers { state items { type guidance } }
        policeEvents { state sources { agency { name } reason } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'Before the conference, by the adviser',
    description: 'The case, what was agreed and how to make contact safely. Where Leila is, nobody is told.',
    persona: 'domestic-abuse-adviser',
    variables: { by: LEILA },
    query: /* GraphQL */ `query BeforeConference($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name dateOfBirth }
        domesticAbuse {
          state
          seeAlone
          items { as caseStatus meetingDate dashScore actions adviser { name } source { agency { name } } }
        }
        contact { state safeContact items { kind value safe } }
        addresses { state items { lines current } sources { agency { name } state scope } }
        orders { state items { kind from to } }
        policeEvents { state items(first: 5) { date category role outcome } sources { level scope } }
        household { state members { relationship sameAddress } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
];
