import type { DemoPersona, Example } from '../../src/pages/config.ts';

/** As much of the graph as the page needs to show that it works. */
export const typeDefs = `
  type Query {
    "Who is asking, as the gateway understands it."
    viewer: Viewer!
    "One person, by an id that is good for the caller's own case alone."
    person(id: ID!): Person
  }
  type Viewer {
    "How the caller is called."
    name: String!
    "The role the caller acts in."
    role: String!
    "All roles of the token."
    roles: [String!]!
    "The caller's organisation."
    organisation: String!
    "The school or practice within it."
    site: String
  }
  type Person {
    "What is known of the person's mental-health crisis plan."
    crisisPlan: CrisisPlan!
  }
  type CrisisPlan {
    "What helps the person in a crisis, in their own words."
    whatHelps: String
    "What sets a crisis off."
    triggers: String
  }
`;

export const root = (role: string) => ({
  viewer: { name: 'Ruth Adeyemi', role, roles: [role], organisation: 'mental-health', site: null },
  person: ({ id }: { id: string }) => ({
    crisisPlan: {
      whatHelps: `A quiet voice, and time (${id})`,
      triggers: role === 'triage-nurse' ? 'Sirens' : null,
    },
  }),
});

const crisisDesk = { desk: 'Crisis team', phone: '01632 960 123', hours: '24 hours', staffedNow: true };

/** The officer may not see the triggers, of two people; the nurse sees everything. */
export const holesFor = (role: string) =>
  role === 'triage-nurse'
    ? []
    : [
        hole('person.education', 'education', 'education', 'WITHHELD', 'PURPOSE', { desk: 'School office' }),
        hole('person.benefits', 'benefits', 'work-and-pensions', 'WITHHELD', 'ROLE', { desk: 'Benefits' }),
        hole('person.contact', 'contact', 'primary-care', 'NOT_HELD', 'NO_LINKED_RECORD', {
          desk: 'Practice',
        }),
        hole('person.warningMarkers', 'warningMarkers', 'housing', 'UNAVAILABLE', 'TIMED_OUT', {
          desk: 'Housing desk',
        }),
        hole('people.0.clinical', 'clinical', 'mental-health', 'WITHHELD', 'NEEDS_BREAK_GLASS', crisisDesk),
        hole('people.0.crisisPlan.triggers', 'crisisPlan', 'mental-health', 'WITHHELD', 'LEVEL', crisisDesk),
        hole('people.1.crisisPlan.triggers', 'crisisPlan', 'mental-health', 'WITHHELD', 'LEVEL', crisisDesk),
      ];

function hole(path: string, section: string, agency: string, state: string, reason: string, contact: object) {
  return { path, section, agency, state, reason, contact };
}

export const agencies = { 'mental-health': 'Northshire Mental Health Trust' };

export const purposes = ['mental-health-crisis', 'child-protection', 'early-help'];

export const purposesOf = {
  'response-officer': ['mental-health-crisis', 'child-protection'],
  'triage-nurse': ['mental-health-crisis', 'child-protection'],
};

export const personas: DemoPersona[] = [
  {
    persona: 'response-officer',
    name: 'PC Sam Okoro',
    role: 'response-officer',
    organisation: 'police',
    description: 'Called to a person who is harming herself.',
    purpose: 'mental-health-crisis',
    reference: 'police:INC-0310',
    purposes: ['mental-health-crisis', 'child-protection'],
    references: [
      { reference: 'police:INC-0310', description: 'the 3am call' },
      { reference: 'police:INC-0311', description: 'the same call, in a flat' },
    ],
  },
  {
    persona: 'triage-nurse',
    name: 'Ruth Adeyemi',
    role: 'triage-nurse',
    organisation: 'mental-health',
    description: 'In the triage car with the officer.',
    purpose: 'child-protection',
    reference: 'mental-health:REF-77',
    purposes: ['mental-health-crisis', 'child-protection'],
    references: [],
  },
  {
    persona: 'data-subject',
    name: 'Maya Kerr',
    role: 'data-subject',
    organisation: 'mental-health',
    description: 'Asks what is held about her.',
    purpose: 'subject-access',
    reference: '',
    purposes: ['subject-access'],
    references: [],
  },
];

export const examples: Example[] = [
  {
    name: 'The crisis plan',
    description: 'What helps this person now.',
    query:
      'query CrisisPlan($id: ID!) {\n  person(id: $id) {\n    crisisPlan {\n      whatHelps\n      triggers\n    }\n  }\n}\n',
    variables: { id: 'p-1' },
    persona: 'response-officer',
  },
  {
    name: 'Who am I',
    description: 'How the gateway understands the caller.',
    query: '{\n  viewer {\n    role\n  }\n}\n',
    variables: {},
    persona: 'triage-nurse',
  },
];
