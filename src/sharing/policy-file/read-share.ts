import { levelOf } from '../levels.ts';
import { ACCESS_WORDS, type Access, type ShareEntry } from '../policies.ts';
import type { RowConditions } from '../types.ts';
import type { Page } from './finding.ts';
import { asFlag, asMap, asText, asWord, onlyKeys } from './read.ts';
import { readRows } from './read-rows.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { TreeEntry, TreeMap } from './yaml-tree.ts';

/** What a grant says of one section: a level alone, `{ level, … }` or `{ sealed: message, … }`. */
export function readShareEntry(page: Page, section: string, entry: TreeEntry, words: Vocabulary): ShareEntry {
  const { value, line } = entry;
  const plain = (access: Access): ShareEntry => ({
    access,
    rows: {},
    scope: null,
    message: null,
    desk: null,
    discloseSource: false,
    line,
  });
  if (value.kind === 'text') {
    const access = asWord(page, value, 'level', ACCESS_WORDS) ?? 'withheld';
    if (access === 'sealed') page.report(line, 'sealed needs a message: { sealed: <message>, call: <desk> }');
    return plain(access);
  }
  const map = asMap(page, value, `the share of ${section}`);
  if (!map) return plain('withheld');
  return map.entries.has('sealed')
    ? { ...plain('sealed'), ...readSealed(page, map, words) }
    : { ...plain('withheld'), ...readLevel(page, section, map, words) };
}

function readSealed(page: Page, map: TreeMap, words: Vocabulary): Partial<ShareEntry> {
  onlyKeys(page, map, 'a sealed section', ['sealed', 'call']);
  const message = map.entries.get('sealed');
  return {
    message: (message && asText(page, message.value, 'the message of a sealed section')?.text) ?? null,
    desk: readDesk(page, map, words),
  };
}

function readLevel(page: Page, section: string, map: TreeMap, words: Vocabulary): Partial<ShareEntry> {
  onlyKeys(page, map, `the share of ${section}`, [
    'level',
    'rows',
    'scope',
    'discloseSource',
    'call',
    'sealed',
  ]);
  const level = map.entries.get('level');
  const access = level ? asWord(page, level.value, 'level', ACCESS_WORDS) : null;
  if (!level) page.report(map.line, `the share of ${section} lacks "level" (or "sealed")`);
  if (access === 'sealed')
    page.report(map.line, 'sealed needs a message: { sealed: <message>, call: <desk> }');
  const scope = map.entries.get('scope');
  const showsSource = map.entries.get('discloseSource');
  const rows = map.entries.get('rows');
  if (rows && access && levelOf(access) === null)
    page.report(rows.line, `${section} is ${access}: there are no rows to narrow`);
  if (rows && !scope)
    page.report(rows.line, `${section} is narrowed by rows: say in "scope" what people are shown`);
  return {
    access: access ?? 'withheld',
    rows: rows ? readRows(page, section, rows.value, words.agency) : ({} satisfies RowConditions),
    scope: (scope && asText(page, scope.value, 'scope')?.text) ?? null,
    discloseSource: showsSource ? asFlag(page, showsSource.value, 'discloseSource') : false,
    desk: readDesk(page, map, words),
  };
}

function readDesk(page: Page, map: TreeMap, { agency }: Vocabulary): string | null {
  const entry = map.entries.get('call');
  return entry ? asWord(page, entry.value, `desk of ${agency.name}`, agency.desks) : null;
}
