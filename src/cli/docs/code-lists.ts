import type { AnyAdapter, Decoding } from '../../../adapters/contract.ts';
import { code, codes, table } from './markdown.ts';
import { suppliedFields } from './supplied-fields.ts';

interface UsedList {
  codes: NonNullable<Decoding['codes']>;
  system: string;
  columns: Set<string>;
}

/** Every code list that a field goes by, with the columns that hold its codes. */
export function codeLists(adapter: AnyAdapter): readonly string[] {
  const lists = usedLists(adapter);
  if (lists.length === 0) return [];
  return [
    '## Code lists',
    '',
    'Blanks around a code and small letters mean nothing. A code that is not in its list cannot be read: the value is null with',
    'a hole that says so, and a note in the log names the column.',
    '',
    ...lists.flatMap(listPage),
  ];
}

/** The same list under the same name is one, wherever it is used. */
function usedLists({ sections }: AnyAdapter): readonly UsedList[] {
  const found = new Map<string, UsedList>();
  for (const { decoding, columns } of Object.values(sections).flatMap(suppliedFields)) {
    if (!decoding.codes) continue;
    const system = decoding.system ?? '';
    const key = JSON.stringify([system, decoding.codes]);
    const list = found.get(key) ?? { codes: decoding.codes, system, columns: new Set() };
    for (const column of columns) list.columns.add(column);
    found.set(key, list);
  }
  return [...found.values()];
}

const listPage = ({ codes: list, system, columns }: UsedList): readonly string[] => [
  `### ${codes([...columns])}`,
  '',
  ...(system === '' ? [] : [`${system}.`, '']),
  ...table(
    ['Code', 'Means'],
    Object.entries(list).map(([one, meaning]) => [code(one), meaningWords(meaning)]),
  ),
];

const meaningWords = (meaning: unknown): string =>
  typeof meaning === 'object' && meaning !== null ? code(JSON.stringify(meaning)) : String(meaning);
