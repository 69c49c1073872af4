/**
 * The sample matrix that the agencies agreed on: the most that any supplier gives to a role at a purpose.
 * F full, S summary, E exists, own, B break-glass, R review, ∅ sealed, – nothing; a system's name is full for
 * identifiers of that system.
 */
const COLUMNS = [
  ['response-officer', 'mental-health-crisis'],
  ['response-officer', 'child-protection'],
  ['response-officer', 'domestic-abuse'],
  ['triage-nurse', 'mental-health-crisis'],
  ['mash-social-worker', 'child-protection'],
  ['early-help-lead', 'early-help'],
  ['early-help-lead', 'multiple-disadvantage'],
  ['school-safeguarding-lead', 'child-protection'],
  ['housing-officer', 'early-help'],
  ['work-coach', 'welfare-support'],
  ['general-practitioner', 'direct-care'],
  ['health-visitor', 'child-protection'],
  ['domestic-abuse-adviser', 'domestic-abuse'],
] as const;

const ROWS = `
identity          F   F   F   F   F F   F   F   F   F    F   F   F
identifiers       own own own NHS F UPN UPN UPN own NINO NHS NHS –
demographics      S   S   S   F   F F   S   S   S   –    F   F   S
addresses         F   F   F   F   F S   S   own own own  S   S   S
contact           F   F   F   F   F S   S   own own own  S   S   S
household         E   S   E   S   F F   F   S   S   –    S   F   S
involvements      S   S   S   F   F F   S   S   S   E    F   F   S
policeEvents      F   F   F   S   S E   S   S   –   –    –   –   S
warningMarkers    F   F   F   F   F S   S   S   S   S    S   S   S
orders            F   F   F   S   S –   –   –   –   –    –   –   S
childSafeguarding E   S   E   S   F S   S   S   E   –    S   S   S
domesticAbuse     S   S   S   S   F R   –   R   R   ∅    S   S   F
publicProtection  S   S   S   –   R ∅   ∅   R   R   ∅    ∅   R   R
mentalHealth      S   E   E   F   S E   –   –   –   –    F   S   E
crisisPlan        S   –   –   F   S –   –   –   –   –    F   –   –
clinical          B   –   –   F   R –   –   –   –   –    F   R   –
education         –   E   –   –   F F   S   own –   –    –   S   –
housing           –   –   –   –   S S   S   –   own S    –   –   S
benefits          –   –   –   –   – –   S   –   –   own  –   –   –
needs             –   –   –   S   F F   F   S   S   –    S   F   S
intelligence      own own own ∅   R ∅   ∅   ∅   ∅   ∅    ∅   ∅   ∅`;

export interface AgreedCell {
  role: string;
  purpose: string;
  section: string;
  cell: string;
}

/** What stands beside the table in words. */
const BESIDE: readonly AgreedCell[] = [
  { role: 'housing-officer', purpose: 'homelessness-referral', section: 'housing', cell: 'own' },
  { role: 'housing-officer', purpose: 'homelessness-referral', section: 'contact', cell: 'S' },
  { role: 'housing-officer', purpose: 'homelessness-referral', section: 'involvements', cell: 'E' },
  { role: 'housing-officer', purpose: 'homelessness-referral', section: 'warningMarkers', cell: 'S' },
  // Of education a summary: a safeguarding concern in the record could tip off whoever asks for a child.
  { role: 'data-subject', purpose: 'subject-access', section: 'education', cell: 'S' },
  ...['identity', 'addresses', 'involvements', 'needs', 'housing', 'benefits'].map((section) => ({
    role: 'data-subject',
    purpose: 'subject-access',
    section,
    cell: 'F',
  })),
];

export const SAMPLE_MATRIX: readonly AgreedCell[] = [
  ...ROWS.trim()
    .split('\n')
    .flatMap((row) => {
      const [section = '', ...cells] = row.trim().split(/\s+/);
      if (cells.length !== COLUMNS.length) throw new Error(`${section} has ${cells.length} cells`);
      return COLUMNS.map(([role, purpose], column) => ({
        role,
        purpose,
        section,
        cell: cells[column] ?? '–',
      }));
    }),
  ...BESIDE,
];
