import { agreementOf } from '../comparisons/agreement.ts';
import { ADDRESS, BORN, FORENAME, SURNAME } from '../comparisons/levels.ts';
import type { Address, Features, LinkRecord } from '../features.ts';
import { chanceOfSame, type Frequencies } from '../frequencies.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { sampledBlocks } from './training-pairs.ts';

type Learnt = Pick<Model, 'household' | 'relatives' | 'siblings'>;

/** Records' worth of belief that there is one relative to a record. */
const BELIEF = 0.1;
/** Fewer pairs of relatives than this may be mistakes, however few the records. */
const FEWEST = 3;
const FEWEST_VOUCHED = 1;
const VOUCHED = 0.0001;
/** How surely more than mistakes or chance: standard deviations. */
const SURELY = 3;
/** Years between two births of one name that are a generation and no slip. */
const GENERATION = 13;

/** Pairs of records at one house and of one surname, counted by what differs altogether. */
interface Seen {
  both: number;
  neither: number;
  vouched: number;
}

/**
 * Learns how many relatives at one house the records show. Some collections hold families, others people drawn one by
 * one; only where there are families do twins, and a father and son of one name, stand beside each other. Relatives are
 * seen where more of one surname and house differ in forename and birth both than mistakes and chance make; and where two
 * who differ in one of them have two records each, or identifiers that can be trusted, to vouch for it. That births or
 * forenames differ is no sign of relatives: in dirty records they do for everybody.
 */
export function learnHouseholds(
  records: readonly LinkRecord[],
  model: Pick<Model, 'generic' | 'frequencies' | 'm'>,
  policy: LinkagePolicy,
): Learnt {
  const population = records.length;
  const seen: Seen = { both: 0, neither: 0, vouched: 0 };
  const { blocks, share } = sampledBlocks(records, houseKeys);
  for (const members of blocks) lookInside(members, model.generic, seen);
  const families = sampledBlocks(records, familyKeys);
  for (const members of families.blocks) seen.vouched += vouchedRelatives(members);
  const byMistake =
    seen.neither * (model.m.forename[FORENAME.DIFFERENT] ?? 0) * (model.m.born[BORN.DIFFERENT] ?? 0);
  const expected = byMistake / share + byChance(population, model.frequencies);
  const found = Math.max(0, seen.both / share - expected - SURELY * Math.sqrt(expected / share));
  const each = (2 * found) / population;
  const relatives =
    population < policy.relativesUnseenFrom ||
    (seen.both >= FEWEST && each >= policy.relatives) ||
    seen.vouched / families.share >= Math.max(FEWEST_VOUCHED, VOUCHED * population);
  const household = (2 * found + BELIEF) / (population + BELIEF);
  const atMost = (2 * (found + 1)) / Math.max(1, population);
  return {
    relatives,
    household: relatives ? Math.max(household, HOUSEHOLD) : household,
    siblings: policy.twins * atMost,
  };
}

/** Relatives in one house, to a record, that are reckoned with at least where there are any. */
const HOUSEHOLD = 0.01;

function lookInside(members: readonly LinkRecord[], generic: Model['generic'], seen: Seen): void {
  for (const [at, a] of members.entries()) {
    for (const b of members.slice(at + 1)) {
      const { names, born, address, identifier } = agreementOf(a.features, b.features, generic);
      if (address.level === ADDRESS.DIFFERENT || address.level === 0 || address.crowded) continue;
      if (names.surname !== SURNAME.EXACT) continue;
      const forename = names.forename === FORENAME.DIFFERENT;
      const birth = born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT;
      seen.both += Number(forename && birth);
      seen.neither += Number(!forename && !birth);
      seen.vouched += Number(identifier.conflict && forename !== birth);
    }
  }
}

/** Pairs of people of one surname, each with two records that agree on forename and birth, who differ in one of the two. */
function vouchedRelatives(members: readonly LinkRecord[]): number {
  const found = new Map<string, LinkRecord[]>();
  for (const record of members) {
    const { names, born, addresses } = record.features;
    const [name] = names;
    if (!name?.given || !name.family || !born?.full || !addresses.some(isWhole)) continue;
    const person = [name.family.text, name.given.text, born.digits].join('|');
    found.set(person, [...(found.get(person) ?? []), record]);
  }
  const people = [...found.values()]
    .filter(({ length }) => length >= 2)
    .map(([record]) => record as LinkRecord);
  return people.reduce(
    (pairs, one, at) => pairs + people.slice(at + 1).filter((other) => areRelatives(one, other)).length,
    0,
  );
}

/** A house, not a town: only of houses can it be told who lives together. */
const isWhole = ({ place, street, number }: Address): boolean =>
  place !== null || (street !== null && number !== null);

function areRelatives({ features: a }: LinkRecord, { features: b }: LinkRecord): boolean {
  const { names, born } = agreementOf(a, b, NOTHING);
  if (names.surname !== SURNAME.EXACT) return false;
  if (born === BORN.EXACT) return names.forename === FORENAME.DIFFERENT;
  const years = Math.abs((a.born?.year ?? 0) - (b.born?.year ?? 0));
  return names.forename === FORENAME.EXACT && born === BORN.DIFFERENT && years >= GENERATION;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Where only postcode and surname are known, some agree in both by chance. */
function byChance(population: number, { family, postcode, street }: Frequencies): number {
  if (street.total > 0) return 0;
  return ((population * population) / 2) * chanceOfSame(family) * chanceOfSame(postcode);
}

/** The house, or the postcode where that is all that is known. */
function houseKeys({ addresses }: Features): string[] {
  return addresses.flatMap(({ place, postcode, suburb, street, number }) => {
    if (place) return [place];
    const area = postcode ?? suburb;
    if (area && street && number) return [`${area}|${street}|${number}`];
    return postcode ? [postcode] : [];
  });
}

/** One surname in one area: a street that differs by a slip does not part a family. */
function familyKeys({ names, addresses }: Features): string[] {
  const [name] = names;
  if (!name?.family) return [];
  return addresses.flatMap(({ postcode, suburb }) => {
    const area = postcode ?? suburb;
    return area ? [`${area}|${name.family?.text}`] : [];
  });
}
