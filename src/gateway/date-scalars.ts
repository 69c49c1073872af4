import { GraphQLError, type GraphQLScalarType, type GraphQLSchema, isScalarType, Kind } from 'graphql';

const TIME =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Scalar → whether a text is one, and how one is written. */
const FORMS: Readonly<Record<string, { is(text: string): boolean; form: string }>> = {
  Date: { is: isDay, form: 'a day that exists, as YYYY-MM-DD' },
  DateTime: { is: (text) => isDay(TIME.exec(text)?.[1] ?? ''), form: 'ISO 8601 with an offset' },
};

/**
 * Has the schema refuse days and times that are none, before anybody is asked: an agency that is asked for rows since
 * the 45th would truthfully have none, and the answer would reassure falsely.
 */
export function refuseImpossibleDates(schema: GraphQLSchema): void {
  for (const [name, { is, form }] of Object.entries(FORMS)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) throw new Error(`The public schema has no scalar ${name}`);
    const parse = (value: unknown): string => {
      if (typeof value === 'string' && is(value)) return value;
      throw new GraphQLError(`A ${name} is ${form}.`);
    };
    parseBy(type, parse);
  }
}

function parseBy(type: GraphQLScalarType, parse: (value: unknown) => unknown): void {
  type.parseValue = parse;
  type.parseLiteral = (node) => parse(node.kind === Kind.STRING ? node.value : null);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
