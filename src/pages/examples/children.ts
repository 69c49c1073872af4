import type { Example } from '../config.ts';

const KAI = { familyName: 'Shaw', givenName: 'Kai', dateOfBirth: '2015-05-19' };
const DONNA = { familyName: 'Shaw', givenName: 'Donna', dateOfBirth: '1989-08-02' };
const TIA = { familyName: 'Grant', givenName: 'Tia', dateOfBirth: '2014-09-30' };
const ISLA = { familyName: 'Kerr', givenName: 'Isla', dateOfBirth: '2021-06-08' };

/** Children and their families: social work, early help, school, health visiting. */
export const CHILDREN: readonly Example[] = [
  {
    name: 'A looked-after child from another area',
    description: 'Who is responsible for Tia and whom to call there; which address is hers now.',
    persona: 'mash-social-worker',
    reference: 'childrens-services:26220',
    variables: { by: TIA },
    query: /* GraphQL */ `query LookedAfterChild($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name dateOfBirth }
        childSafeguarding {
          state
          items { status responsibleAuthority dutyContact { desk phone } from source { agency { name } } }
        }
        addresses { state items { lines postcode current from source { agency { name } asOf } } }
        education { state school { name } attendanceBand sources { agency { name } state } }
        involvements { state items { service status lead { name phone } } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'A family that agreed to early help',
    description: 'Bands and stages, needs and strengths, and who is doing what: no sums and no benefits.',
    persona: 'early-help-lead',
    variables: { by: KAI },
    query: /* GraphQL */ `query EarlyHelp($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        education { state school { name } attendanceBand specialNeeds { text } }
        needs { state items { outcome kind evidence } plan { goal action due done owner { name } } }
        involvements { state items { service serviceName status lead { name team } } }
        household {
          state
          members {
            relationship
            sameAddress
            person {
              identity { name }
              housing { state arrearsBand arrearsPence noticeStage }
              benefits { state sources { agency { name } reason } }
            }
          }
        }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'A family with several disadvantages',
    description: 'The same family at another purpose: the award is told, and the law keeps health out.',
    persona: 'early-help-lead',
    purpose: 'multiple-disadvantage',
    variables: { by: DONNA },
    query: /* GraphQL */ `query MultipleDisadvantage($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        housing { state arrearsBand noticeStage }
        benefits { state awards { kind { text } from to } }
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
    name: 'A pupil of your own school',
    description:
      'Attendance to the code, and whether children’s services know him; of other schools, nothing.',
    persona: 'school-safeguarding-lead',
    variables: { by: KAI },
    query: /* GraphQL */ `query OwnPupil($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name dateOfBirth }
        education {
          state
          attendancePercent
          attendance { code { code text } sessions }
          exclusions { kind from sessions }
          specialNeeds { text }
          safeguardingConcern
        }
        childSafeguarding { state known items { status from dutyContact { desk phone } } }
        involvements { state items { service status contact { desk phone } } }
        domesticAbuse { state sources { agency { name } reason contact { desk phone } } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
  {
    name: 'Before a health visit',
    description: 'A child and who lives with her: what is known, what to watch for, whom to see alone.',
    persona: 'health-visitor',
    variables: { by: ISLA },
    query: /* GraphQL */ `query HealthVisit($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    people {
      person {
        identity { name dateOfBirth }
        childSafeguarding { state known items { status dutyContact { desk phone } } }
        needs { state items { outcome kind } }
        household {
          state
          members {
            relationship
            person { identity { name } warningMarkers { state items { type guidance } } domesticAbuse { state seeAlone } }
          }
        }
        involvements { state items { service status lead { name phone } } }
      }
    }
    contacts { desk phone }
  }
}
`,
  },
];
