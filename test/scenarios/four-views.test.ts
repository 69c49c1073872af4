/**
 * The 3am call in four roles: over every leaf of the schema, what the matrix (domain.md, section 6) does not give is
 * null, with its reason.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEVELS } from '../../src/sharing/types.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { type Leaf, leavesOf, valuesAt, wholePerson } from '../support/whole-person.ts';

let sightline: Sightline;
const answers = new Map<string, Answer>();
beforeAll(async () => {
  sightline = await startSightline();
  const query = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { ${wholePerson(sightline.app.catalogue)} } } } }`;
  for (const persona of Object.keys(MATRIX)) answers.set(persona, await sightline.ask(persona, query));
});
afterAll(() => sightline?.close());

/** The most that any of the three agencies gives: FULL, SUMMARY, EXISTS, or why nothing. `own` is FULL of one's own. */
type Cell = 'F' | 'S' | 'E' | 'own' | '-' | 'R' | 'B' | 'sealed';
const COLUMNS = [
  'identity',
  'identifiers',
  'contact',
  'addresses',
  'household',
  'involvements',
  'policeEvents',
  'warningMarkers',
  'orders',
  'domesticAbuse',
  'mentalHealth',
  'crisisPlan',
  'clinical',
  'housing',
  'intelligence',
  'demographics',
] as const;
const MATRIX: Record<string, readonly Cell[]> = {
  'response-officer': ['F', 'own', 'F', 'F', 'E', 'S', 'F', 'F', 'F', 'S', 'S', 'S', 'B', '-', 'own', 'S'],
  'triage-nurse': ['F', 'F', 'F', 'F', 'S', 'F', 'S', 'F', 'S', 'S', 'F', 'F', 'F', '-', 'sealed', 'F'],
  'mash-social-worker': ['F', 'F', 'F', 'F', 'F', 'F', 'S', 'F', 'S', 'F', 'S', 'S', 'R', 'S', 'R', 'F'],
  'housing-officer': [
    'F',
    'own',
    'own',
    'own',
    'S',
    'S',
    '-',
    'S',
    '-',
    'R',
    '-',
    '-',
    '-',
    'own',
    'sealed',
    'S',
  ],
};
const LEVEL_OF: Partial<Record<Cell, (typeof LEVELS)[number]>> = {
  F: 'FULL',
  own: 'FULL',
  S: 'SUMMARY',
  E: 'EXISTS',
};
const REASON_OF: Record<Cell, RegExp> = {
  F: /^LEVEL$/,
  own: /^(LEVEL|OTHER_ORGANISATION_ONLY|NOT_LISTED|ROLE)$/,
  S: /^(LEVEL|NOT_LISTED|ROLE)$/,
  E: /^LEVEL$/,
  '-': /^(NOT_LISTED|ROLE|PURPOSE)$/,
  R: /^NEEDS_REVIEW$/,
  B: /^NEEDS_BREAK_GLASS$/,
  sealed: /^NOT_OFFERED$/,
};

const personOf = (persona: string) => answers.get(persona)?.data.findPeople.people[0].person;
const cellOf = (persona: string, section: string): Cell =>
  MATRIX[persona]?.[COLUMNS.indexOf(section as never)] ?? '-';
const reaches = (cell: Cell, level: (typeof LEVELS)[number]) =>
  LEVEL_OF[cell] !== undefined && LEVELS.indexOf(LEVEL_OF[cell]) >= LEVELS.indexOf(level);

describe.each(Object.keys(MATRIX))('what %s is not given', (persona) => {
  const withheld = (): (Leaf & { cell: Cell })[] =>
    leavesOf(sightline.app.catalogue)
      .map((leaf) => ({ ...leaf, cell: cellOf(persona, leaf.section) }))
      .filter(
        ({ section, path, cell }) =>
          !reaches(cell, sightline.app.catalogue.sections.get(section)?.fields.get(path)?.level ?? 'FULL'),
      );

  test('is null at every leaf', () => {
    const leaked = withheld().filter(({ section, path }) =>
      valuesAt(personOf(persona)[section], path).some((value) => value !== null),
    );
    expect(withheld().length).toBeGreaterThan(40);
    expect(leaked).toEqual([]);
  });

  test('has an error with its reason at every leaf, or at the list that holds it', () => {
    const errors = (answers.get(persona)?.errors ?? []).map(({ path = [], extensions }) => ({
      at: path
        .slice(4)
        .filter((key) => typeof key === 'string')
        .join('.'),
      ...(extensions as { code: string; reason: string | null }),
    }));
    const silent = withheld().filter(({ section, path, cell }) => {
      const leaf = `${section}.${path}`;
      const here = errors.filter(({ at }) => at === leaf || leaf.startsWith(`${at}.`));
      const empty = valuesAt(personOf(persona)[section], path).length === 0;
      return (
        !empty &&
        !here.some(({ code, reason }) =>
          code === 'NOT_AVAILABLE' ? reason === null : REASON_OF[cell].test(reason ?? ''),
        )
      );
    });
    expect(silent).toEqual([]);
  });
});

test('what each is given of what Maya has is there', () => {
  expect(personOf('response-officer')).toMatchObject({
    crisisPlan: { exists: true, whatHelps: expect.any(String) },
    household: { dependentChildren: true },
  });
  expect(personOf('triage-nurse')).toMatchObject({
    clinical: { state: 'DISCLOSED' },
    crisisPlan: { triggers: expect.any(String) },
  });
  expect(personOf('mash-social-worker')).toMatchObject({
    household: { members: [{ relationship: 'CHILD' }] },
    housing: { state: 'DISCLOSED' },
  });
  expect(personOf('housing-officer')).toMatchObject({
    housing: { tenancy: { reference: '004418/01' } },
    mentalHealth: { openToService: null },
  });
});

test('a housing officer does not learn from any shared section that the trust or the police know her', () => {
  const { identity, addresses, contact, involvements, warningMarkers } = personOf('housing-officer');
  for (const section of [identity, addresses, contact, involvements, warningMarkers]) {
    const others = section.sources.filter(
      ({ agency }: { agency: { id: string } }) => agency.id !== 'housing',
    );
    expect(others.length).toBeGreaterThan(0);
    for (const source of others) expect(source).toMatchObject({ state: 'WITHHELD', level: null });
  }
});

test('sections that no agency supplies yet say that they are not covered', () => {
  for (const section of ['education', 'benefits', 'needs', 'publicProtection', 'childSafeguarding']) {
    expect(personOf('triage-nurse')[section]).toMatchObject({ state: 'NOT_COVERED', sources: [] });
  }
});
