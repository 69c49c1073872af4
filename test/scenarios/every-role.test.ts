/**
 * What each of the thirteen roles is given over HTTP, of everything there is: for every agency and every field, allowed
 * and denied as the agencies' files say when read plainly, and section by section as the matrix was agreed.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { PlainReading } from '../sharing/support/plain-reading.ts';
import { SAMPLE_MATRIX } from '../sharing/support/sample-matrix.ts';
import { type Answer, personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { everythingOf, type Given, givenIn, publicSchema } from '../support/whole-graph.ts';
import { VIEWS, type View } from './views.ts';

const CELL_RANKS: Readonly<Record<string, number>> = { F: 3, own: 3, NHS: 3, UPN: 3, NINO: 3, S: 2, E: 1 };
const schema = publicSchema();
let sightline: SharedSightline;
let reading: PlainReading;
const answers = new Map<View, Answer>();
beforeAll(async () => {
  sightline = await sharedSightline();
  reading = new PlainReading(projectRoot(), sightline.app.catalogue);
  for (const view of VIEWS) answers.set(view, await ask(view));
}, 120_000);

function ask({
  persona,
  purpose,
  reference,
  of: [familyName, givenName, dateOfBirth],
}: View): Promise<Answer> {
  const by = { familyName, givenName, dateOfBirth };
  const query = `query ($by: PersonSearch!) { findPeople(by: $by) { outcome people { person { ${everythingOf(schema)} } } } }`;
  const suggested = personaOf(persona).reference;
  return sightline.ask(persona, query, { purpose, reference: reference ?? suggested, variables: { by } });
}

interface SourceAnswer {
  agency: { id: string };
  state: string;
  level: string | null;
  reason: string | null;
}
type Sections = Record<string, { state: string; sources: SourceAnswer[] }>;

describe.each(VIEWS.map((view) => ({ ...view, view })))('$persona at $purpose', ({ view }) => {
  const person = (): Sections => answers.get(view)?.data.findPeople.people[0]?.person;
  const asked = () => {
    const { role, organisation } = personaOf(view.persona);
    return { role, organisation, purpose: view.purpose, recorded: false };
  };
  const given = (): Given[] => givenIn(schema, person()).filter(({ value }) => value !== null);
  const sections = () => [...sightline.app.catalogue.sections.values()];

  test('finds the person, tied to the reference', () => {
    expect(answers.get(view)?.data.findPeople.outcome).toBe('MATCH');
    expect(person()).toMatchObject({ relationship: 'VERIFIED' });
  });

  test('is told of every agency in every section how it stands, as the agency’s file says', () => {
    const wrong = sections().flatMap(({ name, suppliers, fields }) => {
      const told = person()[name]?.sources ?? [];
      expect(told.map(({ agency }) => agency.id)).toEqual(suppliers);
      return told
        .filter(({ agency, state, reason }) => {
          const gives = [...fields.keys()].some((path) => reading.field(agency.id, name, path, asked()));
          return gives ? state === 'WITHHELD' : state !== 'WITHHELD' || reason === null;
        })
        .map(({ agency, state }) => `${name} of ${agency.id}: ${state}`);
    });
    expect(wrong).toEqual([]);
  });

  test('is given no value of any agency that the agency’s file does not give', () => {
    const leaked = given().filter(({ section, path, agency }) => {
      const derived = section === 'identity' && path === 'differs';
      const suppliers = sightline.app.catalogue.sections.get(section)?.fields.get(path)?.suppliers ?? [];
      const from = agency === null ? suppliers : [agency];
      return !derived && !from.some((one) => reading.field(one, section, path, asked()));
    });
    expect(leaked).toEqual([]);
  });

  test('is given nothing above the cell that was agreed for the section', () => {
    const above = given().filter(({ section, path }) => {
      const cell = SAMPLE_MATRIX.find(
        (one) => one.role === asked().role && one.purpose === view.purpose && one.section === section,
      )?.cell;
      const level = sightline.app.catalogue.sections.get(section)?.fields.get(path)?.level ?? 'FULL';
      return { EXISTS: 1, SUMMARY: 2, FULL: 3 }[level] > (CELL_RANKS[cell ?? '–'] ?? 0);
    });
    expect(above).toEqual([]);
  });

  test('has a reason for whatever is withheld, at its place', () => {
    const errors = (answers.get(view)?.errors ?? []).filter(
      ({ extensions }) => extensions.code === 'WITHHELD',
    );
    for (const { extensions } of errors) expect(extensions.reason).toEqual(expect.any(String));
    const silent = sections()
      .filter(({ name }) => person()[name]?.state === 'WITHHELD')
      .filter(({ name }) => !errors.some(({ path }) => path?.[4] === name));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('is shown what the role needs of this person', () => {
    const shown = view.sees.filter((name) => ['DISCLOSED', 'PARTIAL'].includes(person()[name]?.state ?? ''));
    expect(shown).toEqual(view.sees);
  });
});

describe.each(['governance-officer', 'analyst'])('%s', (persona) => {
  test('finds nobody, whoever is asked for', async () => {
    const by = '{ familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }';
    const answer = await sightline.ask(
      persona,
      `{ findPeople(by: ${by}) { outcome people { person { id } } } }`,
    );
    expect(answer.data.findPeople).toEqual({ outcome: 'NO_MATCH', people: [] });
  });

  test('is told of every section of every agency that nothing of it is given', async () => {
    const answer = await sightline.ask(persona, '{ viewer { mayAsk { level reason } } }');
    expect(answer.data.viewer.mayAsk.length).toBeGreaterThan(30);
    for (const { level, reason } of answer.data.viewer.mayAsk)
      expect({ level, reason }).toEqual({ level: null, reason: expect.any(String) });
  });
});

test('every role has its turn', () => {
  const had = new Set([...VIEWS.map(({ persona }) => persona), 'governance-officer', 'analyst']);
  expect([...had].sort()).toEqual(Object.keys(reading.law.roles).sort());
});
