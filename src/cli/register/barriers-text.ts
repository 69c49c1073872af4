import { stringify } from 'csv-stringify/sync';
import type { BarrierCell, BarrierDimension, countBarriers } from '../../register/reading/barriers.ts';

type Counts = Awaited<ReturnType<typeof countBarriers>>;

const mostRefused = (one: BarrierCell, other: BarrierCell): number =>
  other.refused - one.refused || (JSON.stringify(one.values) < JSON.stringify(other.values) ? -1 : 1);

/** A page: what was refused most often first. */
export function barriersText(
  { cells, total }: Counts,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const lines = cells.toSorted(mostRefused).map(({ values, refused, overcome }) => {
    const [section = '', reason = '', rule = ''] = values;
    return `${String(refused).padStart(8)} ${String(overcome).padStart(8)}  ${section.padEnd(20)} ${reason.padEnd(24)} ${rule}`;
  });
  return [
    `Barriers from ${from} to ${to}: ${total.refused} of ${total.asked} refused, ${total.overcome} of them overcome later`,
    '',
    ...(lines.length > 0
      ? [' refused overcome  section              reason                   rule', ...lines, '']
      : []),
  ].join('\n');
}

export const barriersCsv = ({ cells }: Counts, by: readonly BarrierDimension[]): string =>
  stringify(
    cells.toSorted(mostRefused).map(({ values, refused, overcome }) => [...values, refused, overcome]),
    { header: true, columns: [...by.map((name) => name.toLowerCase()), 'refused', 'overcome'] },
  );
