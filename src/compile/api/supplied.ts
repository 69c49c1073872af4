import {
  type AnyAdapter,
  type AnyAgencyApi,
  type AnyIndexSource,
  conditionsOf,
  orderOf,
  predicateColumns,
  readerOf,
} from '../../../adapters/contract.ts';
import type { Field, ListField, ObjectField, SectionField, SectionPart } from '../sql/any-table.ts';

/**
 * The adapter as it is where the agency is asked through its API: without the fields that the API cannot say, which are
 * then not covered, for everybody alike. Who a person is, whom they are kept from and who may ask is not left out: throws
 * an Error that names the columns where the API cannot say what the index or the references read, and the list where it
 * could say some of its rows and others not, since a part of a list would be taken for the whole.
 */
export function askedThroughApi(adapter: AnyAdapter, api: AnyAgencyApi): AnyAdapter {
  const said = new Set(
    Object.entries(api.columns as Record<string, readonly string[]>).flatMap(([table, names]) =>
      names.map((name) => `${table}.${name}`),
    ),
  );
  const missing = [...adapter.index.reads, ...adapter.reference.reads, api.staff].filter(
    (column) => !said.has(column),
  );
  if (missing.length > 0)
    throw new Error(
      `The API of ${adapter.id} cannot say what the person index and references read: ${[...new Set(missing)].join(', ')}`,
    );
  const sections = Object.entries(adapter.sections).flatMap(([name, fields]) => {
    const kept = Object.entries(fields).flatMap(([field, source]) => {
      const supplied = suppliedField(`${adapter.id}: ${name}.${field}`, source as SectionField, said);
      return supplied ? [[field, supplied] as const] : [];
    });
    return kept.length > 0 ? [[name, Object.fromEntries(kept)] as const] : [];
  });
  const { countable: _, optedOut: __, ...rest } = adapter;
  return {
    ...rest,
    sections: Object.fromEntries(sections),
    index: indexThrough(adapter, api),
    reference: { ...adapter.reference, staffNumbers: [api.staff] },
  };
}

function suppliedField(place: string, field: SectionField, said: ReadonlySet<string>): SectionField | null {
  if (field.kind !== 'lists') return suppliedPart(field, said);
  const lists = field.lists.map((one) => suppliedPart(one, said)).filter((one) => one !== null);
  if (lists.length > 0 && lists.length < field.lists.length)
    throw new Error(`${place} could be said in part only, which would be taken for the whole`);
  return lists.length === 0 ? null : { ...field, lists: lists as ListField[] };
}

function suppliedPart<P extends SectionPart>(part: P, said: ReadonlySet<string>): P | null {
  const rows = rowColumns(part);
  if (!rows.every((column) => said.has(column))) return null;
  if (part.kind === 'exists') return part;
  if (part.kind === 'value') {
    const field = suppliedEntry(part.field, said);
    return field && ({ ...part, field } as P);
  }
  const fields = Object.entries(part.fields).flatMap(([name, entry]) => {
    const supplied = suppliedEntry(entry, said);
    return supplied ? [[name, supplied] as const] : [];
  });
  return fields.length === 0 ? null : ({ ...part, fields: Object.fromEntries(fields) } as P);
}

function suppliedEntry(entry: Field | ObjectField, said: ReadonlySet<string>): Field | ObjectField | null {
  if (entry.kind === 'field') return entry.columns.every((column) => said.has(column)) ? entry : null;
  const fields = Object.entries(entry.fields).filter(([, field]) => suppliedEntry(field, said));
  return fields.length === 0 ? null : { ...entry, fields: Object.fromEntries(fields) };
}

/** Columns without which nobody knows which rows there are, whose they are and which count. */
function rowColumns(part: SectionPart): readonly string[] {
  const { source, where } = part;
  const { person, record, asOf, precedence, only, otherPerson, site, service } = source;
  const conditions = Object.values(conditionsOf(part)).map(({ takes, predicate }) =>
    predicate(takes === 'duration' ? 'P1D' : takes === 'flag' ? true : takes.values, new Date(0)),
  );
  return [
    ...[person, ...record, ...(asOf?.columns ?? []), ...(precedence?.columns ?? [])],
    ...[orderOf(source)?.column, otherPerson, site].filter((one) => one !== undefined),
    ...(service && 'column' in service ? [service.column] : []),
    ...[...(only ? [only] : []), ...(where ? [where] : []), ...conditions].flatMap(predicateColumns),
    ...(part.kind === 'list' && part.otherPerson ? part.otherPerson.columns : []),
  ];
}

/** The feed by the same words; it has no statement, and so no digest of the agency's own, but what the API tells of changes. */
function indexThrough({ id, index }: AnyAdapter, { changes }: AnyAgencyApi): AnyIndexSource {
  const { page, records } = index;
  if (!records) throw new Error(`The index of ${id} is made of statements that an API does not take`);
  const reader = (db: object) => {
    const found = readerOf(db);
    if (!found) throw new TypeError(`${id} is asked through an API, and was given a database`);
    return found;
  };
  return {
    ...{ reads: [], page, records },
    ...(changes && {
      changes: {
        by: changes.by,
        mark: (db) => reader(db).mark(),
        since: (db, mark) => reader(db).since(mark),
        records,
      },
    }),
  };
}
