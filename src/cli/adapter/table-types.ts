import type { TableMetadata } from 'kysely';

/**
 * What the driver gives of a PostgreSQL type, as the gateway sets its sessions up; numbers that JavaScript would round
 * come as text. Of any other type nothing is known, and an adapter's word for it does not compile.
 */
const DRIVER_TYPES: Readonly<Record<string, string>> = {
  ...{
    bpchar: 'string',
    varchar: 'string',
    text: 'string',
    citext: 'string',
    name: 'string',
    uuid: 'string',
  },
  ...{ time: 'string', date: 'Date | string', timestamp: 'Date | string', timestamptz: 'Date | string' },
  ...{ int2: 'number', int4: 'number', float4: 'number', float8: 'number' },
  ...{ int8: 'string | number', numeric: 'string | number', bool: 'boolean' },
};

/**
 * `adapters/<agency>/tables.ts`: the agency's tables as its database describes them, for the compiler. Tables by name,
 * columns in their own order; what the database says of one in words stands above it.
 * @param command what makes it again
 */
export function tableTypes(agency: string, tables: readonly TableMetadata[], command: string): string {
  const name = agency.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    `// Made by: ${command}`,
    `export interface ${name}Tables {`,
    ...tables
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((table) => [`  ${key(table.name)}: {`, ...table.columns.flatMap(columnLines), '  };']),
    '}',
    '',
  ].join('\n');
}

function columnLines({ name, dataType, isNullable, comment }: TableMetadata['columns'][number]): string[] {
  const type = DRIVER_TYPES[dataType] ?? 'unknown';
  const said = comment?.replaceAll('*/', '* /').replace(/\s+/g, ' ').trim();
  return [
    ...(said ? [`    /** ${said} */`] : []),
    `    ${key(name)}: ${type}${isNullable && type !== 'unknown' ? ' | null' : ''};`,
  ];
}

const key = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `'${name.replace(/['\\]/g, '\\$&')}'`;
