import type { Away } from './gateway.ts';

/** A section in one of the seven states: who asks whom about what, and which agencies are away for it. */
export interface StateSample {
  readonly state: string;
  /** In a sentence, for whoever draws it. */
  readonly description: string;
  readonly persona: string;
  readonly purpose?: string;
  readonly reference?: string;
  readonly by: Readonly<Record<string, string>>;
  readonly section: string;
  /** Fields of the section besides its standing. */
  readonly fields: readonly string[];
  readonly away: Away;
}

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
/** Together, so that one gateway serves for all three states. */
const AWAY: Away = { notEnabled: ['work-and-pensions'], down: ['mental-health'], perhaps: 'probation' };

/** Each of the seven states once, in as few fields as show it. */
export const STATE_SAMPLES: readonly StateSample[] = [
  {
    state: 'DISCLOSED',
    description: 'Every supplier answered, and there are data.',
    persona: 'triage-nurse',
    by: MAYA,
    section: 'crisisPlan',
    fields: ['whatHelps', 'triggers'],
    away: {},
  },
  {
    state: 'PARTIAL',
    description: 'There are data, and somebody did not say everything: each source says what it said.',
    persona: 'triage-nurse',
    by: MAYA,
    section: 'contact',
    fields: ['items { kind value }'],
    away: {},
  },
  {
    state: 'WITHHELD',
    description:
      'Policy does not give it to this role at this purpose. It says nothing of whether there are data.',
    persona: 'response-officer',
    by: MAYA,
    section: 'housing',
    fields: ['arrearsBand'],
    away: {},
  },
  {
    state: 'NOT_HELD',
    description: 'Everybody who supplies it was asked and has none, in the scope that was asked.',
    persona: 'response-officer',
    by: MAYA,
    section: 'orders',
    fields: [],
    away: {},
  },
  {
    state: 'POSSIBLE_MATCH_ONLY',
    description: 'There may be a record, linked too weakly to say anything of it. There is a desk to call.',
    persona: 'response-officer',
    by: MAYA,
    section: 'publicProtection',
    fields: [],
    away: AWAY,
  },
  {
    state: 'UNAVAILABLE',
    description: 'The agency’s system does not answer now. It may hold something.',
    persona: 'triage-nurse',
    by: MAYA,
    section: 'crisisPlan',
    fields: ['whatHelps', 'triggers'],
    away: AWAY,
  },
  {
    state: 'NOT_COVERED',
    description: 'No agency of this place supplies it.',
    persona: 'response-officer',
    by: MAYA,
    section: 'benefits',
    fields: [],
    away: AWAY,
  },
];

/** The question of such a sample. */
export const stateQuery = ({ section, fields }: StateSample): string => `query State($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    people {
      person {
        ${section} {
          ${['state', ...fields].join('\n          ')}
          sources { agency { id name } state level reason scope asOf contact { desk phone } }
        }
      }
    }
  }
}
`;
