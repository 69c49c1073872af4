import './count-plot.css';
import type { AskedFor } from './count-csv.ts';
import { type CountTable, countInWords, isTold } from './count-table.ts';

interface CountPlotProps {
  table: CountTable;
  /** What was asked: goes into the file that can be saved. */
  asked: AskedFor;
}

/**
 * Counts as a table with a bar in each row, and a file to take away. Over it stands what may be missing, under it how it
 * was counted, so that the first rows are in view.
 */
export function CountPlot({ table, asked }: CountPlotProps) {
  const { title, dimensions, measures, rows, total } = table;
  const longest = Math.max(1, ...rows.map(({ counts: [first = null] }) => (isTold(first) ? first.value : 0)));
  return (
    <div className="counts">
      <dl className={table.whole ? 'count-notes' : 'count-notes gapped'}>
        <Note term="Covers" words={table.coverage.join(' ')} />
        <Note term="Suppression" words={table.suppression} />
      </dl>
      {rows.length === 0 && table.whenEmpty && <p>{table.whenEmpty}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section className="count-scroll" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {(dimensions.length > 0 ? dimensions : ['']).map((dimension) => (
                <th key={dimension} scope="col">
                  {dimension || 'Group'}
                </th>
              ))}
              {measures.map((measure) => (
                <th key={measure} scope="col">
                  {measure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={JSON.stringify(row.keys)}>
                <Keys of={row.keys} />
                {row.counts.map((count, at) => (
                  <td key={measures[at]}>
                    {at === 0 && <Bar share={isTold(count) ? count.value / longest : null} />}
                    {countInWords(count)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {total && (
            <tfoot>
              <tr>
                <th scope="row" colSpan={Math.max(1, dimensions.length)}>
                  Everything together
                </th>
                {total.map((count, at) => (
                  <td key={measures[at]}>{countInWords(count)}</td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </section>
      <dl className="count-notes">
        <Note term="Method" words={table.method} />
      </dl>
      <button type="button" onClick={() => save(table, asked)}>
        Download CSV
      </button>
    </div>
  );
}

function Note({ term, words }: { term: string; words: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function Keys({ of }: { of: CountTable['rows'][number]['keys'] }) {
  const [first, ...others] = of;
  return (
    <>
      <th scope="row">{first ? <Key of={first} /> : 'All'}</th>
      {others.map((key, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two dimensions may have the same words in one row
        <td key={at}>
          <Key of={key} />
        </td>
      ))}
    </>
  );
}

function Key({ of: { words, href } }: { of: CountTable['rows'][number]['keys'][number] }) {
  return href === undefined ? words : <a href={href}>{words}</a>;
}

/** The number stands beside it: a bar tells a screen reader nothing more. What is suppressed has no length. */
function Bar({ share }: { share: number | null }) {
  return share === null ? (
    <span className="count-bar none" aria-hidden="true" />
  ) : (
    <span className="count-bar" aria-hidden="true" style={{ width: `${share * 100}%` }} />
  );
}

/** Nothing is kept: the file is made of what is on the page, and leaves by the browser's own download. */
async function save(table: CountTable, asked: AskedFor): Promise<void> {
  const { countCsv } = await import('./count-csv.ts');
  const url = URL.createObjectURL(new Blob([countCsv(table, asked)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${table.title.toLowerCase().replaceAll(/\W+/g, '-')}-${asked.answeredAt.slice(0, 10)}.csv`;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
