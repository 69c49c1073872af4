/** Somebody in a role, at a purpose, who asks for one person of the scenarios. */
export interface View {
  persona: string;
  purpose: string;
  reference?: string;
  /** Family name, given name and date of birth of the one asked for. */
  of: readonly [string, string, string];
  /** Sections of which this role is shown something, of this person. */
  sees: readonly string[];
}
const MAYA = ['Kerr', 'Maya', '2002-03-14'] as const;
const ISLA = ['Kerr', 'Isla', '2021-06-08'] as const;
const KAI = ['Shaw', 'Kai', '2015-05-19'] as const;
const DONNA = ['Shaw', 'Donna', '1989-08-02'] as const;
const IRIS = ['Holt', 'Iris', '1949-02-17'] as const;
const LEILA = ['Haddad', 'Leila', '1991-07-02'] as const;

/** Each of the roles that sees people, at its purposes. */
export const VIEWS: readonly View[] = [
  {
    persona: 'response-officer',
    purpose: 'mental-health-crisis',
    of: MAYA,
    sees: [
      'identity',
      'warningMarkers',
      'policeEvents',
      'mentalHealth',
      'crisisPlan',
      'household',
      'domesticAbuse',
    ],
  },
  {
    persona: 'response-officer',
    purpose: 'child-protection',
    of: MAYA,
    sees: ['identity', 'warningMarkers', 'policeEvents', 'childSafeguarding', 'household', 'intelligence'],
  },
  {
    persona: 'response-officer',
    purpose: 'domestic-abuse',
    reference: 'police:26/000131',
    of: LEILA,
    sees: ['identity', 'warningMarkers', 'policeEvents', 'domesticAbuse'],
  },
  {
    persona: 'triage-nurse',
    purpose: 'mental-health-crisis',
    of: MAYA,
    sees: [
      'identity',
      'demographics',
      'warningMarkers',
      'mentalHealth',
      'crisisPlan',
      'clinical',
      'involvements',
    ],
  },
  {
    persona: 'mash-social-worker',
    purpose: 'child-protection',
    of: MAYA,
    sees: [
      'identity',
      'household',
      'housing',
      'involvements',
      'childSafeguarding',
      'domesticAbuse',
      'crisisPlan',
    ],
  },
  {
    persona: 'early-help-lead',
    purpose: 'early-help',
    of: KAI,
    sees: ['identity', 'education', 'needs', 'involvements', 'household'],
  },
  {
    persona: 'early-help-lead',
    purpose: 'multiple-disadvantage',
    of: DONNA,
    sees: ['identity', 'housing', 'benefits', 'involvements'],
  },
  {
    persona: 'school-safeguarding-lead',
    purpose: 'child-protection',
    of: KAI,
    sees: ['identity', 'education', 'addresses', 'childSafeguarding', 'needs'],
  },
  {
    persona: 'housing-officer',
    purpose: 'early-help',
    of: MAYA,
    sees: ['identity', 'housing', 'addresses', 'warningMarkers', 'household'],
  },
  {
    persona: 'housing-officer',
    purpose: 'homelessness-referral',
    reference: 'housing:H26-00150',
    of: DONNA,
    sees: ['housing'],
  },
  {
    persona: 'work-coach',
    purpose: 'welfare-support',
    of: DONNA,
    sees: ['identity', 'benefits', 'housing'],
  },
  {
    persona: 'general-practitioner',
    purpose: 'direct-care',
    of: IRIS,
    sees: ['identity', 'clinical', 'involvements'],
  },
  {
    persona: 'health-visitor',
    purpose: 'child-protection',
    of: ISLA,
    sees: ['identity', 'involvements', 'household'],
  },
  {
    persona: 'domestic-abuse-adviser',
    purpose: 'domestic-abuse',
    of: LEILA,
    sees: ['identity', 'domesticAbuse', 'contact'],
  },
  {
    persona: 'data-subject',
    purpose: 'subject-access',
    of: MAYA,
    sees: ['identity', 'addresses', 'housing', 'involvements', 'benefits'],
  },
];
