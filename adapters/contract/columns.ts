import type { Adapter, AnyAdapter } from './adapter.ts';
import { type CountablePart, countedColumns } from './countable.ts';
import type { Field, ObjectField } from './fields.ts';
import type { Predicate, RowCondition, RowConditionValue } from './rows.ts';
import type { ExistsField, ListField, SectionField, SectionSource, ValueField } from './sections.ts';
import type { TableSource } from './source.ts';

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Any = any;
type Part = ListField<Any> | ValueField<Any> | ExistsField<Any>;

/** A field of a section as what is read for it: a list made of several gives each of them. */
export const partsOf = (field: SectionField<Any>): readonly Part[] =>
  field.kind === 'lists' ? field.lists : [field];

/** Row conditions that rows of this part know: those of its source and its own. */
export const conditionsOf = (part: Part): Readonly<Record<string, RowCondition<string>>> => ({
  ...part.source.rows,
  ...(part.kind === 'list' && part.rows),
});

/** Row conditions of a section that a policy may name. */
export const rowConditionsOf = (section: SectionSource<Any>): ReadonlyMap<string, RowCondition<string>> =>
  new Map(
    Object.values(section)
      .flatMap(partsOf)
      .flatMap((part) => Object.entries(conditionsOf(part))),
  );

/** True if no row can meet it, whatever the rows: nothing need be read. */
export function isNoRow(predicate: Predicate): boolean {
  if ('any' in predicate) return predicate.any.every(isNoRow);
  return 'all' in predicate && predicate.all.some(isNoRow);
}

/** The columns that a predicate looks at. */
export function predicateColumns(predicate: Predicate): readonly string[] {
  if ('any' in predicate) return predicate.any.flatMap(predicateColumns);
  if ('all' in predicate) return predicate.all.flatMap(predicateColumns);
  if ('decoded' in predicate) return predicate.decoded.columns;
  return ['code' in predicate ? predicate.code : predicate.column];
}

/** The column by which rows come newest first; `text` where it has to be read for that, which may begin with the day. */
export const orderOf = ({
  newestFirst,
}: TableSource<Any>): { column: string; text: boolean; dayFirst: boolean } | null => {
  if (newestFirst === undefined) return null;
  const { column, form } = newestFirst;
  return { column, text: form !== null, dayFirst: form?.startsWith('DD') ?? false };
};

/** Every column that the adapter may read, by table: its field table's and what its own statements read. */
export function grantedColumns(adapter: AnyAdapter): ReadonlyMap<string, ReadonlySet<string>> {
  const parts = Object.values(adapter.sections).flatMap((section) => Object.values(section).flatMap(partsOf));
  const tables = new Map<string, Set<string>>();
  const sites = adapter.sites ? sourceColumns(adapter.sites.people) : [];
  const counted = Object.values(adapter.countable ?? {}).flatMap((fields) =>
    Object.values(fields).flatMap(({ parts: each }) => each.flatMap(countableColumns)),
  );
  const optedOut = adapter.optedOut
    ? [...sourceColumns(adapter.optedOut.people), ...predicateColumns(adapter.optedOut.when)]
    : [];
  for (const name of [
    ...parts.flatMap(partColumns),
    ...[...sites, ...counted, ...optedOut],
    ...ownReads(adapter),
  ]) {
    const [table, column] = splitColumn(name);
    tables.set(table, (tables.get(table) ?? new Set()).add(column));
  }
  return tables;
}

/** The columns from which a field of a section is answered, as `T_NOMINAL.DOB`; of a list or an object, those of all in it. */
export function columnsOfField(adapter: AnyAdapter, section: string, path: string): readonly string[] {
  const [name = '', ...inner] = path.split('.');
  const parts = [adapter.sections[section]?.[name] ?? []].flat().flatMap(partsOf);
  return parts.flatMap((part) => {
    if (part.kind === 'exists') return [];
    const read = part.kind === 'list' ? { kind: 'object' as const, fields: part.fields } : part.field;
    return inner
      .reduce<readonly ReadField[]>(
        (found, step) => found.flatMap((one) => (one.kind === 'field' ? [] : (one.fields[step] ?? []))),
        [read],
      )
      .flatMap(readColumns);
  });
}
type ReadField =
  | Field<unknown, Any>
  | { kind: 'object'; fields: Readonly<Record<string, Field<unknown, Any> | ObjectField<Any>>> };
const readColumns = (field: ReadField): readonly string[] =>
  field.kind === 'field' ? field.columns : Object.values(field.fields).flatMap(fieldColumns);

/** `T_NOMINAL.DOB` → `['T_NOMINAL', 'DOB']`; a table may be named with its schema: `care.CLIENT.DOB`. */
export function splitColumn(name: string): readonly [table: string, column: string] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

const ownReads = (adapter: Adapter<Any>): readonly string[] => [
  ...adapter.index.reads,
  ...adapter.reference.reads,
];

function partColumns(part: Part): readonly string[] {
  const conditions = Object.values(conditionsOf(part)).flatMap(conditionColumns);
  const where = part.where ? predicateColumns(part.where) : [];
  return [...sourceColumns(part.source), ...where, ...conditions, ...valueColumns(part)];
}

function valueColumns(part: Part): readonly string[] {
  if (part.kind === 'exists') return [];
  if (part.kind === 'value') return fieldColumns(part.field);
  const own = [...Object.values(part.fields), ...(part.otherPerson ? [part.otherPerson] : [])];
  const limits = [part.since?.('2000-01-01'), part.before?.(new Date(0))];
  return [...own.flatMap(fieldColumns), ...limits.flatMap((limit) => (limit ? predicateColumns(limit) : []))];
}

const fieldColumns = (field: Field<unknown, Any> | ObjectField<Any>): readonly string[] =>
  field.kind === 'field' ? field.columns : Object.values(field.fields).flatMap(fieldColumns);

function sourceColumns(source: TableSource<Any>): readonly string[] {
  const { person, record, join = [], asOf, precedence, only, otherPerson, site, service } = source;
  const single = [
    orderOf(source)?.column,
    otherPerson,
    site,
    service && 'column' in service ? service.column : undefined,
  ];
  const named = [
    person,
    ...record,
    ...join.flatMap((one) => [...one.on]),
    ...(asOf?.columns ?? []),
    ...(precedence?.columns ?? []),
    ...single,
  ];
  return [...named.filter((column) => column !== undefined), ...(only ? predicateColumns(only) : [])];
}

/** The columns that counting by a part looks at: whose rows they are, which are counted, and what they are counted by. */
export function countableColumns(part: CountablePart<Any>): readonly string[] {
  const { source } = part;
  const today = '2000-01-01';
  const conditions = [
    ...(part.where ? [part.where(today)] : []),
    ...('cases' in part ? [...Object.values(part.cases(today)), part.unreadable(today)] : []),
    ...('bands' in part ? [part.part, part.of, part.unreadable] : []),
  ];
  return [
    source.person,
    ...(source.join ?? []).flatMap((one) => [...one.on]),
    ...(source.only ? predicateColumns(source.only) : []),
    ...('month' in part ? [part.month.day] : []),
    ...conditions.flatMap((one) => countedColumns(one, predicateColumns)),
  ];
}

/** A condition's columns, found by asking it for every value it takes. */
function conditionColumns(condition: RowCondition<string>): readonly string[] {
  return predicateColumns(condition.predicate(everyValue(condition), new Date(0)));
}

function everyValue({ takes }: RowCondition<string>): RowConditionValue {
  if (takes === 'duration') return 'P1D';
  return takes === 'flag' ? true : takes.values;
}
