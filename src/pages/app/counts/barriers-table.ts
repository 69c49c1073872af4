import { nameInWords, reasonInWords } from '../gaps/hole-words.ts';
import { type Count, type CountTable, countInWords, isTold } from './count-table.ts';

/** `BarrierReport` of the public schema, as far as a query asks for it. */
export interface BarrierReport {
  from?: string;
  to?: string;
  rows: readonly BarrierRow[];
  asked?: Count;
  refused?: Count;
  note?: string;
}
interface BarrierRow {
  keys?: readonly BarrierKey[];
  asked?: Count;
  refused?: Count;
  overcome?: Count;
  rule?: { file?: string; line?: number } | null;
}
interface BarrierKey {
  dimension: string;
  value: string;
}

const MEASURES = { refused: 'Refused', asked: 'Asked', overcome: 'Overcome later' } as const;

/**
 * Where what was asked met a wall, as a table: what was refused is drawn.
 * Rules lead to `ruleHref`, on the page of governance.
 */
export function barriersTable(
  { from, to, rows, asked, refused, note }: BarrierReport,
  agencies: Readonly<Record<string, string>>,
  ruleHref?: string,
): CountTable {
  const all: BarrierRow = { ...(refused && { refused }), ...(asked && { asked }) };
  const dimensions = [...new Set(rows.flatMap(({ keys = [] }) => keys.map(({ dimension }) => dimension)))];
  const measures = (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).filter((measure) =>
    [all, ...rows].some((each) => each[measure] !== undefined),
  );
  const keyOf = (row: BarrierRow, dimension: string) => {
    const key = row.keys?.find((each) => each.dimension === dimension);
    const words = key ? keyInWords(key, row.rule, agencies) : '';
    return { words, ...(dimension === 'RULE' && row.rule && ruleHref && { href: ruleHref }) };
  };
  const period = [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' ');
  return {
    title: 'What was refused',
    dimensions: dimensions.map(nameInWords),
    measures: measures.map((measure) => MEASURES[measure]),
    rows: rows.map((row) => ({
      keys: dimensions.map((dimension) => keyOf(row, dimension)),
      counts: measures.map((measure) => row[measure] ?? null),
    })),
    total: asked && refused ? measures.map((measure) => all[measure] ?? null) : null,
    // That there is nothing is said only where the whole is known to be none.
    whenEmpty:
      refused && isTold(refused) && refused.value === 0
        ? 'Nothing was refused in this time.'
        : 'No row is large enough to be told.',
    method: note ?? 'The query does not ask for the note that says how it was counted: add `note`.',
    suppression: 'A count that says suppressed is below ten, and may be none.',
    coverage: [
      ...(period ? [`What was asked ${period}.`] : []),
      ...(asked && refused ? [`${countInWords(asked)} asked, ${countInWords(refused)} refused.`] : []),
    ],
    whole: true,
  };
}

function keyInWords(
  { dimension, value }: BarrierKey,
  rule: BarrierRow['rule'],
  agencies: Readonly<Record<string, string>>,
): string {
  if (dimension === 'REASON') return reasonInWords(value);
  if (dimension === 'AGENCY') return agencies[value] ?? nameInWords(value);
  if (dimension === 'RULE') return rule?.file ? `${rule.file}, line ${rule.line ?? '?'}` : value;
  return dimension === 'MONTH' ? value : nameInWords(value);
}
