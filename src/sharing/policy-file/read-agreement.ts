import type { SignedAgreement } from '../policies.ts';
import type { Page } from './finding.ts';
import { asDate, asMap, asText, asWords, need, onlyKeys } from './read.ts';
import type { TreeEntry } from './yaml-tree.ts';

/** `agreement:` of an agency's file. */
export function readAgreement(
  page: Page,
  { value, line }: TreeEntry,
  parties: readonly string[],
): SignedAgreement {
  const map = asMap(page, value, 'agreement') ?? { kind: 'map', line, entries: new Map<string, TreeEntry>() };
  onlyKeys(page, map, 'agreement', ['id', 'version', 'parties', 'from', 'review', 'end']);
  const id = need(page, map, 'agreement', 'id');
  const version = need(page, map, 'agreement', 'version');
  const named = need(page, map, 'agreement', 'parties');
  const from = need(page, map, 'agreement', 'from');
  const review = need(page, map, 'agreement', 'review');
  const end = map.entries.get('end');
  const date = (entry: TreeEntry | null | undefined, what: string) =>
    entry && asDate(page, entry.value, what);
  const dates = { from: date(from, 'from'), review: date(review, 'review'), end: date(end, 'end') };
  if (dates.from && dates.review && review && dates.review < dates.from) {
    page.report(
      review.line,
      `the review (${dates.review}) comes before the agreement begins (${dates.from})`,
    );
  }
  if (dates.from && dates.end && end && dates.end < dates.from) {
    page.report(end.line, `the agreement ends (${dates.end}) before it begins (${dates.from})`);
  }
  return {
    id: (id && asText(page, id.value, 'the id of the agreement')?.text) ?? '',
    version: version ? readVersion(page, version) : 0,
    parties: named ? asWords(page, named.value, 'party', parties) : [],
    from: dates.from ?? '',
    review: dates.review ?? '',
    end: dates.end ?? null,
    line,
  };
}

function readVersion(page: Page, { value, line }: TreeEntry): number {
  const text = asText(page, value, 'version')?.text;
  if (text === undefined) return 0;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  page.report(line, `version "${text}" is not a whole number from 1 up`);
  return 0;
}
