import {
  type BinaryOperationNode,
  DummyDriver,
  Kysely,
  type LimitNode,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  OperatorNode,
  PrimitiveValueListNode,
  type RawBuilder,
  ReferenceNode,
  sql,
  ValueNode,
} from 'kysely';
import { type AnyTables, PADDING } from '../../../../adapters/contract.ts';
import { type Dialect, Place } from '../dialect.ts';
import { readOnlyDriver } from '../read-only-driver.ts';
import { MysqlPool } from './statement-pool.ts';

// All that the compiler knows of MariaDB and MySQL in particular. Their texts are as a rule compared without case, accents
// and blanks at the end: `'op' = 'OP  '` is true. So whatever is compared is compared twice, as the column has it, by which
// an index finds it, and to the byte. A list is one place for each value: so many that few texts serve lists of any length.

type Sql = RawBuilder<unknown>;

/** To the byte, of any type and character set. */
const bytes = (value: Sql): Sql => sql`cast(convert(${value} using utf8mb4) as binary)`;
const given = (value: unknown): Sql => sql`cast(${value} as binary)`;

const isText = (value: unknown): boolean => (value instanceof Place ? value.text : typeof value === 'string');

/** Adapters' own statements compare to the byte as well: keys with keys, and with what is bound. */
class ExactCompiler extends MysqlQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { leftOperand: left, operator, rightOperand: right } = node;
    const word = OperatorNode.is(operator) ? operator.operator : null;
    const values = ValueNode.is(right) ? [right.value] : PrimitiveValueListNode.is(right) ? right.values : [];
    const exact =
      (word === '=' && ReferenceNode.is(right)) ||
      ((word === '=' || word === 'in') && values.length > 0 && values.every(isText));
    if (!exact || !ReferenceNode.is(left)) {
      super.visitBinaryOperation(node);
      return;
    }
    this.append('(');
    super.visitBinaryOperation(node);
    this.append(' and ');
    this.#appendBytes(() => this.visitNode(left));
    this.append(` ${word} `);
    if (ReferenceNode.is(right)) this.#appendBytes(() => this.visitNode(right));
    else this.#appendGiven(values, word === 'in');
    this.append(')');
  }

  /** As the statement's text has it: a number that is bound is no whole one to every server. */
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (ValueNode.is(limit) && Number.isInteger(limit.value)) this.append(`limit ${limit.value}`);
    else super.visitLimit(node);
  }

  #appendBytes(value: () => void): void {
    this.append('cast(convert(');
    value();
    this.append(' using utf8mb4) as binary)');
  }

  #appendGiven(values: readonly unknown[], list: boolean): void {
    if (list) this.append('(');
    for (const [at, value] of values.entries()) {
      this.append(at === 0 ? 'cast(' : ', cast(');
      this.appendValue(value);
      this.append(' as binary)');
    }
    if (list) this.append(')');
  }
}

const parts = {
  createAdapter: () => new MysqlAdapter(),
  createIntrospector: (db: Kysely<AnyTables>) => new MysqlIntrospector(db),
  createQueryCompiler: () => new ExactCompiler(),
};

const listed = (values: readonly unknown[]): Sql => sql`(${sql.join(values)})`;

function isOneOf(value: Sql, values: readonly unknown[]): RawBuilder<boolean> {
  if (values.length === 0) return sql`false`;
  if (!values.every(isText)) return sql`${value} in ${listed(values)}`;
  return sql`(${value} in ${listed(values)} and ${bytes(value)} in (${sql.join(values.map(given))}))`;
}

/** Letters that only Unicode takes for other cases of ASCII's I and S. */
const [DOTLESS_I, LONG_S] = ['\u0131', '\u017f'];
/** In no code. */
const NO_LETTER = '\u00bf';

export const mysql: Dialect = {
  name: 'mysql',
  builder: new Kysely<AnyTables>({ dialect: { ...parts, createDriver: () => new DummyDriver() } }),
  keysInWhere: true,
  keys: 'TO_THE_BYTE',
  kysely: (run) => ({ ...parts, createDriver: () => readOnlyDriver(run) }),

  /** None, or the next power of two: the last value fills the rest. */
  slots: ({ length }) => (length === 0 ? 0 : 2 ** Math.ceil(Math.log2(length))),

  isOneOf,

  isNoneOf(value, values) {
    if (values.length === 0) return sql`true`;
    if (!values.every(isText)) return sql`${value} not in ${listed(values)}`;
    return sql`${bytes(value)} not in (${sql.join(values.map(given))})`;
  },

  same: (one, other) => sql`(${one} = ${other} and ${bytes(one)} = ${bytes(other)})`,

  apart: bytes,

  asCode(column) {
    const padding = `[${PADDING}]+`;
    const bare = sql`regexp_replace(convert(${sql.ref(column)} using utf8mb4), ${`^${padding}|${padding}$`}, '')`;
    const plain = sql`replace(replace(${bare}, ${DOTLESS_I}, ${NO_LETTER}), ${LONG_S}, ${NO_LETTER})`;
    return sql`coalesce(upper(${plain}), '')`;
  },

  newestFirst(column) {
    const time = sql.ref(column);
    const isDate = sql`${time} >= '1900-01-02' and ${time} < '2200-01-01' and not (${time} >= '1901-01-01' and ${time} < '1901-01-02')`;
    return sql`case when ${isDate} then ${time} end desc`;
  },

  likelyNewestFirst(column, dayFirst) {
    const text = sql.ref(column);
    if (!dayFirst) return sql`${bytes(text)} desc`;
    return sql`${bytes(sql`concat(substr(${text}, 7), substr(${text}, 4, 2), substr(${text}, 1, 2))`)} desc`;
  },

  placesIn: (_values, value) => bytes(value),

  connect: (agency, use) => new MysqlPool(agency, use),

  grants(login, columns, schema) {
    const reader = `${quoted(login)}@'%'`;
    const placed = (table: string) => (schema === null || table.includes('.') ? table : `${schema}.${table}`);
    return [
      `revoke all privileges, grant option from ${reader}`,
      ...[...columns].map(
        ([table, names]) =>
          `grant select (${[...names].map(quoted).join(', ')}) on ${placed(table).split('.').map(quoted).join('.')} to ${reader}`,
      ),
    ];
  },
};

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
