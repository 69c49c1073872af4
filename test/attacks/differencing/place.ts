import type { CohortCondition, CohortFilter } from '../../../src/counting/cohort-filter.ts';
import { PeopleSet } from '../../../src/counting/people-set.ts';
import { recordKeyOf } from '../../../src/counting/record-key.ts';
import { type AttackFilter, type Chance, chanceFrom, type Knowledge } from './pairs.ts';

/** Values of each field, and how often each is met. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'person.district': { NORTH: 45, EAST: 30, SOUTH: 15, WEST: 10 },
  'person.sex': { FEMALE: 51, MALE: 49 },
  'person.ageBand': { UNDER_16: 20, FROM_16_TO_34: 30, FROM_35_TO_64: 35, FROM_65: 15 },
};
export const SECRET = { field: 'policeEvents.category', value: 'DOMESTIC_ABUSE' };
const SIZE = 3_000;

/** A made-up place in which one person is alone with her age, sex and district. */
export interface Place {
  readonly known: Knowledge;
  readonly recordKeys: Uint8Array;
  readonly universe: PeopleSet;
  filter(asked: AttackFilter): CohortFilter;
  /** Whom a filter holds for, read off it one person at a time. */
  people(asked: AttackFilter): number[];
}

export function placeWith(secretIsTrue: boolean, seed: number): Place {
  const chance = chanceFrom(seed);
  const hers: Record<string, string> = {
    'person.district': 'WEST',
    'person.sex': 'FEMALE',
    'person.ageBand': 'FROM_65',
  };
  const people: Record<string, string>[] = [
    { ...hers, ...(secretIsTrue && { [SECRET.field]: SECRET.value }) },
  ];
  while (people.length < SIZE) {
    const person: Record<string, string> = {};
    for (const [field, values] of Object.entries(FIELDS)) person[field] = drawn(values, chance);
    if (Object.entries(hers).every(([field, value]) => person[field] === value)) continue;
    if (chance() < 0.45) person[SECRET.field] = SECRET.value;
    people.push(person);
  }
  const conditions = new Map<string, CohortCondition>();
  const condition = (field: string, value: string): CohortCondition => {
    const name = `${field}=${value}`;
    const before = conditions.get(name);
    if (before) return before;
    const having = people.flatMap((person, at) => (person[field] === value ? [at] : []));
    const made = { condition: name, people: PeopleSet.of(SIZE, having) };
    conditions.set(name, made);
    return made;
  };
  const filter = (asked: AttackFilter): CohortFilter => {
    if ('not' in asked) return { not: filter(asked.not) };
    if ('all' in asked) return { all: asked.all.map(filter) };
    if ('any' in asked) return { any: asked.any.map(filter) };
    const { field, value } = asked;
    const values = FIELDS[field];
    if (!values) return condition(field, value);
    const otherValues = Object.keys(values).map((other) => condition(field, other));
    return { ...condition(field, value), field, otherValues };
  };
  const holds = (asked: AttackFilter, person: Record<string, string>): boolean => {
    if ('not' in asked) return !holds(asked.not, person);
    if ('all' in asked) return asked.all.every((one) => holds(one, person));
    if ('any' in asked) return asked.any.some((one) => holds(one, person));
    return person[asked.field] === asked.value;
  };
  return {
    known: {
      fields: Object.entries(FIELDS).map(([name, values]) => ({ name, values: Object.keys(values) })),
      hers,
      secret: SECRET,
    },
    recordKeys: Uint8Array.from(people, (_, at) => recordKeyOf(`secret ${seed}`, `person ${at}`)),
    universe: PeopleSet.everybody(SIZE),
    filter,
    people: (asked) => people.flatMap((person, at) => (holds(asked, person) ? [at] : [])),
  };
}

function drawn(values: Readonly<Record<string, number>>, chance: Chance): string {
  let left = chance() * Object.values(values).reduce((sum, share) => sum + share, 0);
  for (const [value, share] of Object.entries(values)) {
    left -= share;
    if (left <= 0) return value;
  }
  return Object.keys(values)[0] ?? '';
}
