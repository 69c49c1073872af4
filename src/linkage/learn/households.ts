import { agreementOf } from '../comparisons/agreement.ts';
import { ADDRESS, BORN, FORENAME, IDENTIFIER, SURNAME } from '../comparisons/levels.ts';
import type { Features, LinkRecord } from '../features.ts';
import { chanceOfSame, type Frequencies } from '../frequencies.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { sampledBlocks } from './training-pairs.ts';

type Learnt = Pick<Model, 'household' | 'relatives'>;

/** Records' worth of belief that there is one relative to a record. */
const BELIEF = 0.1;
/** One field that differs this much more often than another would by mistake differs because the people do. */
const EXCESS = 1.6;
const EXCESS_LEAST = 10;
/** Fewer vouched relatives than this may be mistakes. */
const FEWEST_VOUCHED = 1;
const VOUCHED = 0.0001;
/** How surely more than mistakes or chance: standard deviations. */
const SURELY = 3;

/** Pairs of records at one house and of one surname, but for `onlySurname`, counted by what differs altogether. */
interface Seen {
  both: number;
  neither: number;
  vouched: number;
  onlyForename: number;
  onlySurname: number;
  onlyBirth: number;
  /** Those with identifiers on both sides who agree on forename and birth, and those who differ in one of them. */
  readonly agreeing: Identified;
  readonly differing: Identified;
}
interface Identified {
  pairs: number;
  /** Of these, those whose identifiers differ. */
  apart: number;
}

const nothingSeen = (): Seen => ({
  ...{ both: 0, neither: 0, vouched: 0, onlyForename: 0, onlySurname: 0, onlyBirth: 0 },
  agreeing: { pairs: 0, apart: 0 },
  differing: { pairs: 0, apart: 0 },
});

function countIdentifiers(seen: Identified, level: number): void {
  seen.pairs += 1;
  seen.apart += Number(level === IDENTIFIER.DIFFERENT);
}

/**
 * Learns how many relatives at one house the records show. Some collections hold families, others people drawn one by
 * one; only where there are families do twins, and a father and son of one name, stand beside each other. Seen are:
 * relatives who differ in forename and birth both, more of them than mistakes make; two who differ in one of them and
 * have two records each, or identifiers, to vouch for it; identifiers that differ more often where one of them does; and
 * more pairs that differ in forename alone, or birth alone, than differ in surname alone, which is nothing but mistakes.
 */
export function learnHouseholds(
  records: readonly LinkRecord[],
  model: Pick<Model, 'generic' | 'frequencies' | 'm'>,
  policy: LinkagePolicy,
): Learnt {
  const population = records.length;
  const seen = nothingSeen();
  const { blocks, share } = sampledBlocks(records, houseKeys);
  for (const [, members] of blocks) {
    lookInside(members, model.generic, seen);
  }
  const families = sampledBlocks(records, familyKeys);
  for (const [, members] of families.blocks) seen.vouched += vouchedRelatives(members);
  const byMistake =
    seen.neither * (model.m.forename[FORENAME.DIFFERENT] ?? 0) * (model.m.born[BORN.DIFFERENT] ?? 0);
  const expected = byMistake / share + byChance(population, model.frequencies);
  const found = Math.max(0, seen.both / share - expected - SURELY * Math.sqrt(expected / share));
  const each = (2 * found) / population;
  const relatives =
    population < policy.relativesUnseenFrom ||
    each >= policy.relatives ||
    seen.vouched / families.share >= Math.max(FEWEST_VOUCHED, VOUCHED * population) ||
    apartByIdentifier(seen) ||
    Math.max(seen.onlyForename, seen.onlyBirth) > seen.onlySurname * EXCESS + EXCESS_LEAST;
  const household = (2 * found + BELIEF) / (population + BELIEF);
  return { relatives, household: relatives ? Math.max(household, policy.relatives) : household };
}

/**
 * Identifiers go wrong no more often where a forename or a birth did too. Where they differ more often than that, it is
 * because the people do.
 */
function apartByIdentifier({ agreeing, differing }: Seen): boolean {
  const byMistake = (agreeing.apart + 1) / (agreeing.pairs + 20);
  const expected = differing.pairs * byMistake;
  return differing.apart > expected + SURELY * Math.sqrt(expected) + 1;
}

function lookInside(members: readonly LinkRecord[], generic: Model['generic'], seen: Seen): void {
  for (const [at, a] of members.entries()) {
    for (const b of members.slice(at + 1)) {
      const { names, born, address, identifier } = agreementOf(a.features, b.features, generic);
      if (address.level === ADDRESS.DIFFERENT || address.level === 0) continue;
      const forename = names.forename === FORENAME.DIFFERENT;
      const surname = names.surname === SURNAME.DIFFERENT;
      const birth = born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT;
      const family = names.surname === SURNAME.EXACT;
      seen.both += Number(forename && birth && family);
      seen.neither += Number(!forename && !birth && family);
      if (family && identifier.level !== 0 && !(forename && birth))
        countIdentifiers(forename || birth ? seen.differing : seen.agreeing, identifier.level);
      seen.vouched += Number(identifier.conflict && forename !== birth && family);
      seen.onlyForename += Number(forename && names.surname === SURNAME.EXACT && born === BORN.EXACT);
      seen.onlySurname += Number(surname && names.forename === FORENAME.EXACT && born === BORN.EXACT);
      seen.onlyBirth += Number(birth && names.forename === FORENAME.EXACT && names.surname === SURNAME.EXACT);
    }
  }
}

/** Pairs of people of one surname, each with two records that agree on forename and birth, who differ in one of the two. */
function vouchedRelatives(members: readonly LinkRecord[]): number {
  const found = new Map<string, LinkRecord[]>();
  for (const record of members) {
    const { names, born } = record.features;
    const [name] = names;
    if (!name?.given || !name.family || !born?.full) continue;
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

function areRelatives({ features: a }: LinkRecord, { features: b }: LinkRecord): boolean {
  const { names, born } = agreementOf(a, b, NOTHING);
  if (names.surname !== SURNAME.EXACT) return false;
  const twins = names.forename === FORENAME.DIFFERENT && born === BORN.EXACT;
  return twins || (names.forename === FORENAME.EXACT && born === BORN.DIFFERENT);
}

const NOTHING: ReadonlySet<string> = new Set();

/** Where only postcode and surname are known, some agree in both by chance. */
function byChance(population: number, { family, postcode, street }: Frequencies): number {
  if (street.total > 0) return 0;
  return ((population * population) / 2) * chanceOfSame(family) * chanceOfSame(postcode);
}

/** The house, or the area where that is all that is known. */
function houseKeys({ addresses }: Features): string[] {
  return addresses.flatMap(({ place, postcode, suburb, street, number }) => {
    if (place) return [place];
    const area = postcode ?? suburb;
    if (!area) return [];
    if (street && number) return [`${area}|${street}|${number}`];
    return [area];
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
