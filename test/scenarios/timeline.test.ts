/**
 * The timeline of everybody in the scenarios, for every role at its purposes: exactly the events that the sections show
 * when they are asked themselves, with the same gaps, by the same statements; and nothing for whom there is nobody.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';
import type { Statement } from '../support/statement-log.ts';
import { VIEWS, type View } from './views.ts';

/** Which fields of which sections are events: written down here once more, so that a mark that is lost or moved is seen. */
const EVENTS = [
  { section: 'involvements', list: 'items', date: 'from', title: 'serviceName' },
  {
    section: 'policeEvents',
    list: 'items',
    args: '(first: 500)',
    date: 'date',
    title: 'category',
    detail: 'summary',
  },
  { section: 'orders', list: 'items', date: 'from', title: 'kind', detail: 'conditions' },
  {
    section: 'childSafeguarding',
    list: 'items',
    date: 'from',
    title: 'status',
    detail: 'category',
    coded: 'detail',
  },
  { section: 'domesticAbuse', list: 'items', date: 'meetingDate', title: 'caseStatus', detail: 'actions' },
  { section: 'clinical', list: 'diagnoses', date: 'from', title: 'diagnosis', coded: 'title' },
  { section: 'education', list: 'exclusions', date: 'from', title: 'kind' },
  { section: 'housing', list: 'antisocialBehaviour', date: 'from', title: 'role' },
  { section: 'benefits', list: 'awards', date: 'from', title: 'kind', coded: 'title' },
  { section: 'benefits', list: 'activeSanction', date: 'from', title: 'level', coded: 'title' },
] as const;
type EventList = (typeof EVENTS)[number];
const detailOf = (one: EventList): string | null => ('detail' in one ? one.detail : null);

const words = (one: EventList, which: 'title' | 'detail', name: string): string =>
  `${which}: ${name}${'coded' in one && one.coded === which ? ' { text }' : ''}`;
const SOURCE = 'source { agency { id } record }';
const DIRECT = [...new Set(EVENTS.map(({ section }) => section))]
  .map((section) => {
    const lists = EVENTS.filter((one) => one.section === section).map((one) => {
      const detail = detailOf(one);
      const told = [
        `date: ${one.date}`,
        words(one, 'title', one.title),
        detail && words(one, 'detail', detail),
      ];
      return `${one.list}${'args' in one ? one.args : ''} { ${SOURCE} ${told.filter(Boolean).map(unaliased).join(' ')} }`;
    });
    return `${section} { state sources { agency { id } state } ${lists.join(' ')} }`;
  })
  .join('\n');
/** An alias may not be the name of another field: so it is left out where it is the field’s own. */
function unaliased(field: string | null): string {
  const [alias = '', name = ''] = (field ?? '').split(': ');
  return alias === name || alias === 'date' ? name : `${alias}Words: ${name}`;
}
const TIMELINE = `timeline(since: "1900-01-01", until: "2100-01-01", first: 500) {
  state next sources { agency { id } state level reason scope message }
  items { date section title detail ${SOURCE} }
}`;

const PEOPLE = [
  ...new Set([
    ...VIEWS.map(({ of }) => of.join(' ')),
    'Cole Dean 1988-11-23',
    'Grant Tia 2014-09-30',
    'Shaw Kai 2015-05-19',
  ]),
];

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
}, 120_000);

function ask({ persona, purpose, reference }: View, person: string, fields: string): Promise<Answer> {
  const [familyName, givenName, dateOfBirth] = person.split(' ');
  const query = `query ($by: PersonSearch!) { findPeople(by: $by) { outcome people { person { ${fields} } } } }`;
  return sightline.ask(persona, query, {
    purpose,
    reference: reference ?? personaOf(persona).reference,
    variables: { by: { familyName, givenName, dateOfBirth } },
  });
}

interface Item {
  source: { agency: { id: string }; record: string };
  [field: string]: unknown;
}
// biome-ignore lint/suspicious/noExplicitAny: whatever shape the query of the test has
const personOf = (answer: Answer): any => answer.data.findPeople.people[0]?.person;

/** Section, agency, record, day, and whether there is a title and a detail: of every event that the sections show. */
function shownBySections(answer: Answer): string[] {
  const person = personOf(answer);
  const errors = new Set(answer.errors.map(({ path = [] }) => path.slice(4).join('.')));
  return EVENTS.flatMap((one) => {
    const value = person[one.section][one.list] as Item[] | Item | null;
    const items = value === null ? [] : [value].flat();
    return items.flatMap((item, at) => {
      const place = [one.section, one.list, ...(Array.isArray(value) ? [at] : [])].join('.');
      // Of whom the date is not released, there is nothing in a line of time.
      if (errors.has(`${place}.${one.date}`) && item[one.date] === null) return [];
      const detail = detailOf(one);
      const has = (name: string) => (item[name] ?? item[`${name}Words`] ?? null) !== null;
      const title = (item.titleWords ?? item[one.title] ?? null) !== null;
      const told = detail !== null && ((item.detailWords ?? null) !== null || has(detail));
      return [shown(one.section, item, dayOf(item[one.date]), title, told)];
    });
  }).sort();
}

const dayOf = (date: unknown): string | null => (typeof date === 'string' ? date.slice(0, 10) : null);
const shown = (section: string, item: Item, day: string | null, title: boolean, detail: boolean): string =>
  JSON.stringify([section, item.source.agency.id, item.source.record, day, title, detail]);

const shownByTimeline = (answer: Answer): string[] =>
  ((personOf(answer).timeline.items ?? []) as Item[])
    .map((item) =>
      shown(String(item.section), item, dayOf(item.date), item.title !== null, item.detail !== null),
    )
    .sort();

/** Section and agency → what is told to be missing from it, and why. */
function gaps({ holes }: Answer): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const { section, agency, state, reason } of holes) {
    if (!EVENTS.some((one) => one.section === section)) continue;
    const key = `${section} of ${agency}`;
    found.set(key, (found.get(key) ?? new Set()).add(`${state} ${reason}`));
  }
  return new Map([...found].map(([key, told]) => [key, [...told].sort()]));
}

/**
 * Gaps of the line that the sections do not have, and the other way. Where the date is not released the line asks nothing of the
 * agency, though the section may be told that there is something.
 */
function otherGaps(line: Answer, direct: Answer): string[] {
  const [ofLine, ofSections] = [gaps(line), gaps(direct)];
  return [...new Set([...ofLine.keys(), ...ofSections.keys()])].filter((key) => {
    const [here, there] = [ofLine.get(key)?.join() ?? '', ofSections.get(key)?.join() ?? ''];
    const dateless = here === 'WITHHELD LEVEL' && /WITHHELD LEVEL|NOT_HELD|POSSIBLE_MATCH/.test(there);
    return here !== there && !dateless;
  });
}

describe.each(VIEWS.map((view) => ({ ...view, view })))('$persona at $purpose', ({ view }) => {
  test.each(PEOPLE)('is shown of %s what the sections show, and the same gaps', async (person) => {
    const [line, direct] = [await ask(view, person, TIMELINE), await ask(view, person, DIRECT)];
    expect(line.data.findPeople.outcome).toBe(direct.data.findPeople.outcome);
    if (!personOf(direct)) {
      expect(line.data.findPeople.people).toEqual([]);
      return;
    }
    expect(shownByTimeline(line)).toEqual(shownBySections(direct));
    expect(otherGaps(line, direct)).toEqual([]);
    expect(personOf(line).timeline.next).toBeNull();
  });

  test('of the person of the scenario there is somebody to be shown', async () => {
    expect(personOf(await ask(view, view.of.join(' '), TIMELINE))).toBeTruthy();
  });

  test('asks each table once, and no table or column that the sections would not', async () => {
    if (!sightline.statements) return;
    const person = view.of.join(' ');
    const line = (await sightline.statements.during(() => ask(view, person, TIMELINE))).statements;
    const direct = (await sightline.statements.during(() => ask(view, person, DIRECT))).statements;
    expect(tables(line)).toEqual([...new Set(tables(line))]);
    expect(tables(line).filter((one) => !tables(direct).includes(one))).toEqual([]);
    expect(columns(line).filter((one) => !columns(direct).includes(one))).toEqual([]);
  });
});

test('events of every section stand in the timeline of somebody', async () => {
  const seen = new Set<string>();
  for (const view of VIEWS)
    for (const item of (personOf(await ask(view, view.of.join(' '), TIMELINE)).timeline.items ??
      []) as Item[])
      seen.add(String(item.section));
  // Nobody of those asked about here is under an order; `timeline-rows.test.ts` has one.
  const missing = EVENTS.map(({ section }) => section as string).filter((section) => !seen.has(section));
  expect(missing).toEqual(['orders']);
});

const isData = ({ sql }: Statement): boolean => / as "f0"/.test(sql);
/** Agency and table of each statement that a question made, in order. */
const tables = (statements: readonly Statement[]): string[] =>
  statements
    .filter(isData)
    .map(({ agency, sql }) => `${agency} ${/ from ("\w+")/.exec(sql)?.[1]}`)
    .sort();
const columns = (statements: readonly Statement[]): string[] =>
  [
    ...new Set(
      statements
        .filter(isData)
        .flatMap(({ agency, sql }) =>
          [...sql.matchAll(/"\w+"\."\w+"/g)].map(([column]) => `${agency} ${column}`),
        ),
    ),
  ].sort();
