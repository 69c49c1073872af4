/**
 * Who somebody is and where they are found, said once by the words of their columns: the sections of identity,
 * identifiers, contact and addresses are made of it, and so is what the person index is fed.
 */

import { isFilled } from './codes.ts';
import {
  type BirthWord,
  type CodeWord,
  type IdentifierWord,
  manyColumns,
  oneColumn,
  type TextWord,
  type YesNoWord,
} from './column-words.ts';
import { onlyOf, onlyWhere } from './conditions.ts';
import type { Field } from './fields.ts';
import { IDENTIFIER_SYSTEMS } from './identifiers.ts';
import type { PlainDate } from './ids.ts';
import type { IndexRecord } from './index-feed.ts';
import type { ColumnOf } from './rows.ts';
import type { ListField, ListsField, SectionField, SectionSource } from './sections.ts';
import type { TableSource } from './source.ts';
import { compact, emailAddress, joined, lines, mobileNumber, text } from './text.ts';
import { noPlace, wordsOf } from './words.ts';

// biome-ignore lint/suspicious/noExplicitAny: one maker for any agency's tables
type Any = any;
type Sex = IndexRecord['sex'];
export type NameKind = IndexRecord['names'][number]['kind'];

/** Another name: in the row of the person, where its first column is filled, or in rows of its own. */
export interface OtherName<DB> {
  kind: Exclude<NameKind, 'CURRENT'> | Field<NameKind | null, DB>;
  /** Rows of their own; without it the name stands in the person's row, and what it does not say is as in their own. */
  source?: TableSource<DB>;
  givenName?: TextWord<ColumnOf<DB>>;
  familyName?: TextWord<ColumnOf<DB>>;
  /** Of a row of its own: the day of birth given with that name. */
  born?: Field<PlainDate | null, DB>;
}

export interface ContactWords<DB> {
  source: TableSource<DB>;
  /** Ways that the list does not have are not shown. */
  kind: CodeWord<'MOBILE' | 'EMAIL' | 'LANDLINE', ColumnOf<DB>>;
  value: ColumnOf<DB>;
  from?: Field<PlainDate | null, DB>;
  safe?: Field<boolean | null, DB>;
  /** Every way tells where somebody is: mobiles and e-mail addresses too. */
  place?: true;
}

export interface AddressWords<DB> {
  /** `current` becomes a row condition, and every row a place. */
  source: TableSource<DB>;
  lines: readonly ColumnOf<DB>[];
  postcode: ColumnOf<DB>;
  uprn: ColumnOf<DB>;
  kind: Field<string | null, DB>;
  from: Field<PlainDate | null, DB>;
  to: Field<PlainDate | null, DB>;
  /** Whether somebody lives there now; its rows are those that a policy means by `current: true`. */
  current: YesNoWord<ColumnOf<DB>>;
}

export interface PersonWords<DB> {
  /** One row for each record. */
  source: TableSource<DB>;
  givenName: TextWord<ColumnOf<DB>>;
  familyName: TextWord<ColumnOf<DB>>;
  otherNames?: readonly OtherName<DB>[];
  born: BirthWord<ColumnOf<DB>>;
  sex: Field<Sex, DB>;
  deceased?: Field<boolean | null, DB>;
  identifiers?: readonly IdentifierWord<ColumnOf<DB>>[];
  contact?: ContactWords<DB>;
  /** A field of the section `contact` beside its items. */
  safeContact?: SectionField<DB>;
  addresses?: AddressWords<DB>;
}

/** Checks a person's words against the agency's tables. */
export const personOf = <DB>(person: PersonWords<DB>): PersonWords<DB> => person;

/** Sections that are made of a person's words: those alone for which there are words. */
export function personSections<DB>(person: PersonWords<DB>): Readonly<Record<string, SectionSource<DB>>> {
  const { contact, safeContact, addresses } = person;
  return {
    identity: identity(person),
    ...(person.identifiers && { identifiers: { items: identifiers(person) } }),
    ...(contact && { contact: { ...(safeContact && { safeContact }), items: contactItems(contact) } }),
    ...(addresses && { addresses: { items: addressList(addresses) } }),
  };
}

const { always, list, lists: several, value } = wordsOf<Any>();
const listOrLists = <DB>(parts: readonly ListField<DB>[]): ListField<DB> | ListsField<DB> =>
  parts.length === 1 && parts[0] ? parts[0] : several(...parts);

function identity<DB>(person: PersonWords<DB>): SectionSource<DB> {
  const { source, born, sex, deceased, otherNames = [] } = person;
  const own = nameFields(person.givenName, person.familyName);
  const records = otherNames.map((other) => {
    const kind = typeof other.kind === 'string' ? always(other.kind) : other.kind;
    const { givenName, familyName } = namesIn(person, other);
    const name = nameFields(givenName, familyName);
    if (other.source)
      return list(other.source, {
        ...name,
        dateOfBirth: other.born ?? always(null),
        sex: always(null),
        kind,
      });
    const where = (other.givenName ?? other.familyName)?.filled;
    return list(source, { ...name, dateOfBirth: born, sex, kind }, where ? { where } : {});
  });
  return {
    name: value(source, own.name),
    givenName: value(source, own.givenName),
    familyName: value(source, own.familyName),
    dateOfBirth: value(source, born),
    dateOfBirthAccuracy: value(source, born.accuracy),
    sex: value(source, sex),
    ...(deceased && { deceased: value(source, deceased) }),
    records: listOrLists([
      list(source, { ...own, dateOfBirth: born, sex, kind: always('CURRENT') }),
      ...records,
    ]),
  };
}

/** The words of another name; what it does not say itself is as in the person's own. */
export const namesIn = <DB>(person: PersonWords<DB>, other: OtherName<DB>) => ({
  givenName: other.givenName ?? person.givenName,
  familyName: other.familyName ?? person.familyName,
});

const nameFields = (givenName: TextWord<Any>, familyName: TextWord<Any>) => ({
  name: manyColumns([givenName.column, familyName.column], joined, noPlace),
  givenName: { ...givenName, ...noPlace },
  familyName: { ...familyName, ...noPlace },
});

function identifiers<DB>({ source, identifiers: words = [] }: PersonWords<DB>) {
  return listOrLists(
    words.map((word) => {
      // A record's own number is in every row.
      const where =
        word.rows ??
        ((source.record as readonly string[]).includes(word.column) ? null : isFilled(word.column));
      return list(
        source,
        { system: always(word.system), value: word, verified: placed(word.verified, word.place) },
        {
          ...(where && { where }),
          rows: { system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, word.system) },
        },
      );
    }),
  );
}

const placed = <T>(field: Field<T, Any>, place: boolean | undefined): Field<T, Any> =>
  place && field.columns.length > 0 ? { ...field, place } : field;

/** Ways to reach somebody, a list for each: a landline's area code tells where. */
export function contactItems<DB>(words: ContactWords<DB>): ListField<DB> | ListsField<DB> {
  const { source, kind, value: column, from, safe, place = false } = words;
  const ways = [
    ['MOBILE', mobileNumber, { place }],
    ['EMAIL', emailAddress, { place }],
    ['LANDLINE', text, { place: true }],
  ] as const;
  const there = new Set(Object.values(kind.decoding?.codes ?? {}));
  return listOrLists(
    ways
      .filter(([way]) => there.has(way))
      .map(([way, decode, flags]) =>
        list(
          source,
          {
            kind: always(way),
            value: oneColumn(column as Any, decode, flags),
            ...(from && { from }),
            ...(safe && { safe }),
          },
          { where: kind.exactly(way) },
        ),
      ),
  );
}

const PLACE = { place: true };

function addressList<DB>(words: AddressWords<DB>): ListField<DB> {
  const { source, postcode, uprn, kind, from, to, current } = words;
  const home = {
    ...source,
    rows: { ...source.rows, current: onlyWhere('Only the current address.', current.rows) },
  };
  return list({ ...home, ...PLACE } as TableSource<Any>, {
    lines: manyColumns(words.lines as Any, lines, PLACE),
    postcode: oneColumn(postcode as Any, text, PLACE),
    uprn: oneColumn(uprn as Any, compact, PLACE),
    kind: { ...kind, ...PLACE },
    from: { ...from, ...PLACE },
    to: { ...to, ...PLACE },
    current: { ...current, ...PLACE },
  });
}
