import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { linkRecords } from '../../src/linkage/link-records.ts';
import { BLANK, type Generated, type Row } from './generate/row.ts';
import { town } from './generate/town.ts';
import { linkable } from './support.ts';

type Table = readonly Readonly<Record<string, string>>[];
const read = async (file: string): Promise<Table> =>
  parse(await readFile(fileURLToPath(new URL(`data/cases/${file}`, import.meta.url)), 'utf8'), {
    columns: true,
  });
const HEADS = ['who', 'given_name', 'surname', 'date_of_birth', 'address_1', 'phone', 'identifier'] as const;

/** The cases of one file: `who` is the person, and which case it is; the records of one case differ in nothing else. */
async function casesOf(file: string): Promise<readonly Generated[]> {
  return (await read(file)).map((line, at) => {
    const [
      who = '',
      given_name = '',
      surname = '',
      date_of_birth = '',
      address_1 = '',
      phone = '',
      number = '',
    ] = HEADS.map((head) => line[head]);
    const [identifier_type = '', identifier_value = ''] = number.split(' ');
    const row = {
      ...{ record_id: `case-${file}-${at}`, source: ['HEALTH', 'EDUCATION', 'COUNCIL'][at % 3] as string },
      ...{ given_name, surname, date_of_birth, phone, identifier_type, identifier_value },
      ...{
        address_1,
        street_number: '41',
        suburb: 'Dunholt',
        postcode: 'QD13 4GH',
        sex: '',
        address_2: '',
        state: '',
      },
    } satisfies Row;
    return { row, entity: `${file}/${who}` };
  });
}

const KINDS = ['twins-alike', 'shared-first-forename', 'first-of-january', 'unknown-names', 'unnamed-babies'];
const ALL = [...KINDS, 'shared-number', 'hardly-told'];

/** Cases whose rows others wrote, each kind a folder of whole records with their truth. */
const GIVEN = [...KINDS, 'shared-number'];
async function givenCases(kind: string): Promise<readonly Generated[]> {
  const [records, truth] = [
    await read(`../given-cases/${kind}/records.csv`),
    await read(`../given-cases/${kind}/truth.csv`),
  ];
  const entity = new Map(truth.map((line) => [line.record_id, `${kind}.given/${line.entity_id}`]));
  return records.map((line) => ({
    row: { ...BLANK, ...line, record_id: `${kind}-${line.record_id}` },
    entity: entity.get(line.record_id) ?? '',
  }));
}

describe('among the records of a town nobody is linked who should not be, and who may be one is asked about', async () => {
  const cases = [
    ...(await Promise.all(ALL.map((kind) => casesOf(`${kind}.csv`)))).flat(),
    ...(await Promise.all(GIVEN.map(givenCases))).flat(),
  ];
  const all = [...town({ seed: 31, records: 1500 }), ...cases];
  const records = linkable(all);
  const entity = new Map(all.map(({ row, entity: one }) => [row.record_id, one]));
  const decided = new Map<string, string>();
  for (const { a, b, decision } of linkRecords(records).links())
    decided.set(`${records[a]?.key}|${records[b]?.key}`, decision);

  it.each([...ALL.map((kind) => `${kind}.csv`), ...GIVEN.map((kind) => `${kind}.given`)])('%s', (kind) => {
    const own = cases.filter(({ entity: one }) => one.startsWith(kind));
    expect(own.length).toBeGreaterThan(3);
    const [linked, lost]: [string[], string[]] = [[], []];
    for (const [at, one] of own.entries()) {
      for (const other of own.slice(at + 1)) {
        const pair = [one.row.record_id, other.row.record_id].toSorted().join('|');
        const decision = decided.get(pair) ?? 'NONE';
        const same = one.entity === other.entity;
        const words = [one.row, other.row].map(
          (row) => `${row.given_name} ${row.surname} ${row.date_of_birth}`,
        );
        if (!same && decision === 'MATCH') linked.push(words.join(' / '));
        if (same && decision === 'NONE') lost.push(words.join(' / '));
      }
    }
    expect(linked).toEqual([]);
    expect(lost).toEqual([]);
  });

  it('and none of these with anybody of the town', () => {
    const across = [...decided].filter(([pair, decision]) => {
      const [one = '', other = ''] = pair.split('|');
      return decision === 'MATCH' && entity.get(one) !== entity.get(other);
    });
    expect(across).toEqual([]);
  });
});
