import type { DayForm, DialectName } from '../../../../adapters/contract.ts';
import type { FoundColumn, FoundTable } from './catalogue.ts';
import type { Meaning } from './meanings.ts';
import { isWrittenDay, type Proposal, type RowsTable } from './propose.ts';
import type { Samples } from './samples.ts';

export interface Rendering {
  id: string;
  /** Which kind of database its tables were found in. */
  dialect: DialectName;
  proposal: Proposal;
  samples: Samples | null;
}

/** The files of a proposed adapter but `tables.ts`, by name: they compile, and share nothing. */
export function renderFiles(rendering: Rendering): ReadonlyMap<string, string> {
  return new Map([
    ['codes.ts', codesFile(rendering)],
    ['person.ts', personFile(rendering)],
    ['sections.ts', sectionsFile(rendering)],
    ['reference.ts', referenceFile(rendering)],
    ['index.ts', indexFile(rendering)],
    ['sharing.yaml', sharingFile(rendering)],
  ]);
}

const tablesType = (id: string): string =>
  `${id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Tables`;
export const titleOf = (id: string): string =>
  id.replace(/-/g, ' ').replace(/^\w/, (letter) => letter.toUpperCase());
const text = (value: string): string =>
  `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\s+/g, ' ')}'`;
const nameOf = (table: FoundTable, column: FoundColumn): string => text(`${table.name}.${column.name}`);

// ---- codes ----

const SEX: Readonly<Record<string, string>> = {
  ...{ M: 'MALE', F: 'FEMALE', U: 'UNKNOWN', X: 'INDETERMINATE', I: 'INDETERMINATE' },
  ...{ '1': 'MALE', '2': 'FEMALE', '9': 'UNKNOWN', '0': 'UNKNOWN', MALE: 'MALE', FEMALE: 'FEMALE' },
};
const OPEN = /^(O|OPEN|A|ACT|ACTIVE|CUR|CURRENT|LIVE|1)$/;
const CLOSED = /^(C|CLOSED|D|DISCH|DISCHARGED|E|END|ENDED|INACTIVE|X|0)$/;
const statusOf = (code: string): string =>
  OPEN.test(code) ? 'OPEN' : CLOSED.test(code) ? 'CLOSED' : 'KNOWN';

function codesFile({ id, proposal, samples }: Rendering): string {
  const { people, own, episodes } = proposal;
  const sex = own.get('SEX');
  const lists: string[] = [];
  if (sex) {
    const met = samples?.get(`${people.name}.${sex.name}`)?.codes ?? [];
    const codes = met.length > 0 ? met : ['M', 'F', 'U'];
    lists.push(list('SEXES', codes, (code) => SEX[code] ?? 'UNKNOWN', met.length > 0));
  }
  for (const { table, columns } of episodes) {
    const status = columns.get('STATUS');
    if (!status) continue;
    const met = samples?.get(`${table.name}.${status.name}`)?.codes ?? [];
    lists.push(
      list(`${constantOf(table)}_STATUSES`, met.length > 0 ? met : ['O', 'C'], statusOf, met.length > 0),
    );
  }
  return [
    `/** Code lists of ${titleOf(id)}. What each code means is for somebody to say who knows the system. */`,
    ...(lists.length === 0 ? ['export {};'] : lists),
    '',
  ].join('\n');
}

function list(
  name: string,
  codes: readonly string[],
  meaning: (code: string) => string,
  met: boolean,
): string {
  const rows = codes.map(
    (code) => `  ${/^[A-Za-z_]\w*$/.test(code) ? code : text(code)}: ${text(meaning(code))},`,
  );
  return [
    met
      ? '// From the rows: codes that stand in at least 10 of them. Rarer ones are not here.'
      : '// No row was read: these codes are only usual.',
    `export const ${name} = {`,
    ...rows,
    '} as const;',
  ].join('\n');
}

const constantOf = ({ name }: FoundTable): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();
const variableOf = (table: FoundTable): string => {
  const camel = constantOf(table)
    .toLowerCase()
    .replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
  return /^[a-z]/.test(camel) ? `${camel}Rows` : `rows${camel}`;
};

// ---- person ----

const IDENTIFIERS: readonly (readonly [Meaning, string])[] = [
  ['NHS_NUMBER', 'NHS_NUMBER'],
  ['NINO', 'NINO'],
  ['UPN', 'UPN'],
  ['CRN', 'CRN'],
];

function personFile({ id, proposal }: Rendering): string {
  const { people, key, own, estimated, excluded } = proposal;
  const named = (meaning: Meaning) => {
    const column = own.get(meaning);
    return column ? nameOf(people, column) : null;
  };
  const words = new Set(['rowsOf']);
  const use = (word: string, rest: string) => {
    words.add(word);
    return `${word}(${rest})`;
  };
  const asOf = own.get('AS_OF');
  const blank = (what: string) =>
    `${use('column', `${nameOf(people, key)}, () => null`)}, // decide: no column of ${what} was found`;
  const given = named('GIVEN_NAME');
  const family = named('FAMILY_NAME');
  const born = named('BORN');
  const sex = named('SEX');
  const preferred = named('PREFERRED_NAME');
  const deceased = named('DECEASED');
  const merged = named('MERGED');
  const restriction = named('RESTRICTION');
  const identifiers = IDENTIFIERS.flatMap(([meaning, system]) => {
    const column = named(meaning);
    return column ? [`    ${use('identifier', `${text(system)}, ${column}`)},`] : [];
  });
  const lines = [
    'export const person = personOf<Tables>({',
    `  source: rowsOf(${text(people.name)}, ${text(key.name)}, ${text(key.name)}${asOf ? `, { asOf: ${text(asOf.name)} }` : ', {}'}),`,
    `  givenName: ${given ? `${use('text', given)},` : `${use('text', nameOf(people, key))}, // decide: no given name was found`}`,
    `  familyName: ${family ? `${use('text', family)},` : `${use('text', nameOf(people, key))}, // decide: no family name was found`}`,
    ...(preferred ? [`  otherNames: [{ kind: 'PREFERRED', givenName: ${use('text', preferred)} }],`] : []),
    `  born: ${born ? `${use('birth', `${born}${estimated ? `, ${nameOf(people, estimated)}` : ''}`)},` : `${use('birth', nameOf(people, key))}, // decide: no day of birth was found`}`,
    `  sex: ${sex ? `${use('code', `${sex}, SEXES`)},` : blank('sex')}`,
    ...(deceased ? [`  deceased: ${use('flag', deceased)},`] : []),
    '  identifiers: [',
    ...identifiers,
    `    ${use('identifier', `'LOCAL', ${nameOf(people, key)}`)},`,
    '  ],',
    '});',
    '',
    'export const index = indexOf(person, {',
    ...(merged ? [`  merged: ${use('key', merged)},`] : []),
    ...(restriction
      ? [`  protection: ${use('restriction', restriction)},`]
      : [
          '  // Nobody knows yet who of them is hidden, so everybody is: decide which column says it.',
          `  protection: ${use('always', "['PROTECTED'] as const")},`,
        ]),
    ...(excluded
      ? [
          `  excluded: { person: ${nameOf(excluded.table, excluded.person)}, staff: ${nameOf(excluded.table, excluded.staff)} },`,
        ]
      : [
          '  // decide: whom of your staff must somebody be hidden from, and where does your system say so?',
          '  excluded: null,',
        ]),
    '  // decide: which address is current (home), and which rows hide where somebody is (shieldedBy).',
    '  home: null,',
    '});',
  ];
  return [
    '/** Who somebody is, and what the person index is fed of it. */',
    "import { indexOf, personOf, wordsOf } from '../contract.ts';",
    ...(sex ? ["import { SEXES } from './codes.ts';"] : []),
    `import type { ${tablesType(id)} as Tables } from './tables.ts';`,
    '',
    `const { ${[...words].toSorted().join(', ')} } = wordsOf<Tables>();`,
    '',
    ...lines,
    '',
  ].join('\n');
}

// ---- sections ----

/** A day word: of text, with the form in which its rows are written, or the usual one for its length. */
function dayOf(table: FoundTable, column: FoundColumn, samples: Samples | null): string {
  const name = nameOf(table, column);
  if (!isWrittenDay(column)) return `day(${name})`;
  const form = samples?.get(`${table.name}.${column.name}`)?.form ?? usualForm(column);
  return `day(${name}, ${text(form)})`;
}
const usualForm = ({ length }: FoundColumn): DayForm =>
  length === 8 ? 'YYYYMMDD' : length === 12 ? 'YYYYMMDDHHMM' : 'DD/MM/YYYY';

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/substance|drug|alcohol|addiction/, 'SUBSTANCE_USE'],
  [/mental|psych/, 'MENTAL_HEALTH_COMMUNITY'],
  [/homeless|shelter/, 'HOMELESSNESS'],
  [/housing|tenan/, 'HOUSING_TENANCY'],
  [/probation/, 'PROBATION'],
  [/youth/, 'YOUTH_JUSTICE'],
  [/school|college|educ/, 'SCHOOL'],
  [/early-help|family/, 'EARLY_HELP'],
  [/children/, 'CHILDRENS_SOCIAL_CARE'],
  [/adult/, 'ADULT_SOCIAL_CARE'],
  [/abuse|refuge/, 'DOMESTIC_ABUSE_SUPPORT'],
  [/gp|practice|primary/, 'GENERAL_PRACTICE'],
];
const kindOf = (id: string): string => KINDS.find(([form]) => form.test(id))?.[1] ?? 'OTHER';

function sectionsFile({ id, proposal, samples }: Rendering): string {
  const { episodes } = proposal;
  const words = new Set<string>();
  const lists = new Set<string>();
  const declared: string[] = [];
  const items: string[] = [];
  for (const rows of episodes) {
    const { table, columns, person, record } = rows;
    const variable = variableOf(table);
    const [from, to, asOf, status, staff] = (['FROM', 'TO', 'AS_OF', 'STATUS', 'STAFF_NAME'] as const).map(
      (one) => columns.get(one),
    );
    for (const word of ['rowsOf', 'list', 'always', 'contact', 'day']) words.add(word);
    if (from) declared.push(`const ${variable}From = ${dayOf(table, from, samples)};`);
    if (to) declared.push(`export const ${variable}To = ${dayOf(table, to, samples)};`);
    if (status) {
      words.add('code');
      lists.add(`${constantOf(table)}_STATUSES`);
      declared.push(
        `export const ${variable}Status = code(${nameOf(table, status)}, ${constantOf(table)}_STATUSES)${to ? `.until(${variable}To)` : ''};`,
      );
    }
    declared.push(
      `const ${variable} = rowsOf(${text(table.name)}, ${text(person.name)}, ${text(record.name)}, {`,
      ...(asOf ? [`  asOf: ${text(asOf.name)},`] : []),
      `  newestFirst: ${variable}From,`,
      `  service: { kind: ${text(kindOf(id))} },`,
      '});',
      '',
    );
    items.push(
      [
        `list(${variable}, {`,
        `        service: always(${text(kindOf(id))}), // decide: of which kind`,
        `        serviceName: always(${text(titleOf(id))}), // decide: as people know it`,
        `        status: ${status ? `${variable}Status` : to ? `${variable}To.status` : "always('KNOWN')"},`,
        '        contact: contact(desk),',
        ...(staff
          ? [
              `        lead: object({ name: text(${nameOf(table, staff)}, noPlace), role: always('Worker') }),`,
            ]
          : []),
        ...(from ? [`        from: ${variable}From,`] : []),
        ...(to ? [`        to: ${variable}To,`] : []),
        '      })',
      ].join('\n'),
    );
    if (staff) for (const word of ['object', 'text']) words.add(word);
  }
  const hasLead = words.has('object');
  if (items.length > 1) words.add('lists');
  return [
    `/** What ${titleOf(id)} knows of a person beside who they are. */`,
    `import { type Desk, ${hasLead ? 'noPlace, ' : ''}personSections${items.length > 0 ? ', wordsOf' : ''} } from '../contract.ts';`,
    ...(lists.size > 0 ? [`import { ${[...lists].toSorted().join(', ')} } from './codes.ts';`] : []),
    "import { person } from './person.ts';",
    ...(items.length > 0 ? [`import type { ${tablesType(id)} as Tables } from './tables.ts';`] : []),
    '',
    '// decide: who answers when somebody calls.',
    `export const desk: Desk = { desk: ${text(`${titleOf(id)}, the desk`)}, phone: '01632 960000', hours: 'Mon–Fri 09:00–17:00' };`,
    '',
    ...(items.length > 0
      ? [`const { ${[...words].toSorted().join(', ')} } = wordsOf<Tables>();`, '', ...declared]
      : []),
    'export const sections = {',
    '  ...personSections(person),',
    ...(items.length === 0
      ? []
      : [
          '  involvements: {',
          `    items: ${items.length === 1 ? items[0] : `lists(\n      ${items.join(',\n      ')},\n    )`},`,
          '  },',
        ]),
    '};',
    '',
    `export const serviceKinds = [${items.length > 0 ? text(kindOf(id)) : ''}];`,
    '',
  ].join('\n');
}

// ---- references ----

function referenceFile({ id, proposal, samples }: Rendering): string {
  const { people, key, episodes } = proposal;
  const [first] = episodes.filter(({ columns }) => columns.has('TO') || columns.has('STATUS'));
  const { form, example } = formOfNumber(first ? first.table : people, first ? first.record : key, samples);
  const head = [
    '/** The form of a case’s number, who is on it, and whom it ties. */',
    `import { referenceOf${first ? '' : ', wordsOf'} } from '../contract.ts';`,
    ...(first ? [`import { ${liveOf(first).word} } from './sections.ts';`] : []),
    `import type { ${tablesType(id)} as Tables } from './tables.ts';`,
    '',
  ];
  const staff = first?.columns.get('STAFF_NUMBER');
  const live = first ? `${liveOf(first).word}${liveOf(first).of}` : 'wordsOf<Tables>().always(false)';
  return [
    ...head,
    'export const reference = referenceOf<Tables>({',
    `  agency: ${text(id)},`,
    `  description: ${text(`${first ? 'A case' : 'A record'}, such as ${example}.`)}, // decide: in your words, with an example`,
    '  kinds: [',
    '    {',
    `      form: /^${form}$/, // decide: whole, and no other`,
    `      number: ${first ? nameOf(first.table, first.record) : nameOf(people, key)},`,
    `      live: ${live},${first ? '' : ' // decide: nothing was found that is live, so nobody can ask by it'}`,
    `      staff: [${first && staff ? nameOf(first.table, staff) : ''}],${staff ? '' : ' // decide: who is on it'}`,
    `      people: [${first ? nameOf(first.table, first.person) : nameOf(people, key)}],`,
    '    },',
    '  ],',
    first && staff
      ? `  caseload: [{ person: ${nameOf(first.table, first.person)}, staff: ${nameOf(first.table, staff)}, while: [${live}] }],`
      : '  caseload: [], // decide: what puts somebody on the list of a member of staff',
    '});',
    '',
  ].join('\n');
}

function liveOf({ table, columns }: RowsTable): { word: string; of: string } {
  if (columns.has('STATUS') && columns.has('TO'))
    return { word: `${variableOf(table)}Status`, of: '.isOpen' };
  if (columns.has('TO')) return { word: `${variableOf(table)}To`, of: '.isRunning' };
  return { word: `${variableOf(table)}Status`, of: ".is('OPEN')" };
}

/** A number's form as its rows are written, or the widest that fits its column; and an example of it. */
function formOfNumber(
  table: FoundTable,
  column: FoundColumn,
  samples: Samples | null,
): { form: string; example: string } {
  const written = samples?.get(`${table.name}.${column.name}`)?.written;
  if (written) {
    const form = written.replace(/9+|A+|[^9A]/g, (part) =>
      part.startsWith('9')
        ? `\\d{${part.length}}`
        : part.startsWith('A')
          ? `[A-Z]{${part.length}}`
          : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
    );
    return { form, example: written.replaceAll('9', '1') };
  }
  if (column.length !== null)
    return { form: `[A-Z0-9][A-Z0-9\\/-]{0,${Math.max(1, column.length - 1)}}`, example: 'A1' };
  return { form: '\\d{1,12}', example: '1001' };
}

// ---- index and sharing ----

function indexFile({ id, dialect }: Rendering): string {
  const kept = dialect === 'postgres' ? '' : `  dialects: [${text(dialect)}],\n`;
  return `import { defineAdapter } from '../contract.ts';
import { index } from './person.ts';
import { reference } from './reference.ts';
import { desk, sections, serviceKinds } from './sections.ts';
import type { ${tablesType(id)} } from './tables.ts';

export const adapter = defineAdapter<${tablesType(id)}>({
  id: ${text(id)},
  name: ${text(titleOf(id))}, // decide: as people know it
${kept}  nhsBody: false, // decide: NHS bodies are kept out of some purposes by law
  coverage: 'Not said yet.', // decide: area and period
  contact: desk,
  desks: { desk },
  sections,
  serviceKinds,
  index,
  reference,
});
`;
}

function sharingFile({ id }: Rendering): string {
  return `# What ${titleOf(id)} shares through Sightline: nothing yet. To be kept by its information governance officer.
# Nothing that is not written here is shared. Check a change with: npx sightline policy check
controller: ${titleOf(id)}
characteristic: identity # decide: the section that tells that somebody is known here
agreement:
  id: NONE-YET
  version: 1
  parties: [${id}]
  from: 2999-01-01 # decide: until then no grant is in force
  review: 2999-12-31
index:
  share: [] # decide: what the person index may hold; nothing, and nobody is found by it
  gateway: [CA 2004 s.10] # decide: on what that rests
  retain: P90D

grants: []
`;
}
