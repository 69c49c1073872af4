import { useState } from 'react';
import { nameInWords, reasonInWords } from '../gaps/hole-words.ts';
import { Options } from './act-form.tsx';
import type { PartProps } from './governance-page.tsx';
import { useAnswer } from './use-answer.ts';
import { type Count, countInWords } from './words.ts';

const BARRIERS = /* GraphQL */ `query Barriers($from: Date!, $to: Date!, $by: [BarrierDimension!]!) {
  barriers(from: $from, to: $to, by: $by) {
    rows {
      keys { dimension value }
      asked { value suppressed }
      refused { value suppressed }
      overcome { value suppressed }
      rule { file line }
    }
    asked { value suppressed }
    refused { value suppressed }
    note
  }
}
`;

interface Row {
  keys: readonly { dimension: string; value: string }[];
  asked: Count;
  refused: Count;
  overcome: Count;
  rule: { file: string; line: number } | null;
}
interface Report {
  barriers: { rows: readonly Row[]; asked: Count; refused: Count; note: string };
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  'SECTION REASON RULE': 'Section, reason and rule',
  'SECTION REASON': 'Section and reason',
  'AGENCY REASON': 'Agency and reason',
  'ROLE PURPOSE': 'Role and purpose',
  RULE: 'Rule',
  MONTH: 'Month',
};

/** What was asked and refused, longest bar first: where a rule, a habit or the law stands in the way. A rule leads to where a change of it can be tried. */
export function BarriersTab({ ask, role, agencies }: PartProps) {
  const [first, last] = periodFor(role, new Date());
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const [by, setBy] = useState(role === 'analyst' ? 'SECTION REASON' : 'SECTION REASON RULE');
  const { data, problem } = useAnswer<Report>(ask, BARRIERS, { from, to, by: by.split(' ') });
  const report = data?.barriers;
  const rows = (report?.rows ?? []).toSorted((one, other) => known(other.refused) - known(one.refused));
  const longest = Math.max(1, ...rows.map(({ refused }) => known(refused)));
  return (
    <>
      <div className="filters">
        <label>
          From
          <input type="date" value={from} onChange={({ target }) => target.value && setFrom(target.value)} />
        </label>
        <label>
          To
          <input type="date" value={to} onChange={({ target }) => target.value && setTo(target.value)} />
        </label>
        <label>
          By
          <select value={by} onChange={({ target }) => setBy(target.value)}>
            <Options of={DIMENSIONS} />
          </select>
        </label>
      </div>
      <p role="alert">{problem}</p>
      {report && (
        <>
          <p>
            {countInWords(report.asked)} asked, {countInWords(report.refused)} refused. {report.note}
          </p>
          {rows.length === 0 && <p>Nothing was refused in this time.</p>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard (WCAG 2.1.1) */}
          <section className="scrolls" aria-label="What was refused" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Refused</th>
                  <th scope="col">Asked</th>
                  <th scope="col">Overcome later</th>
                  <th scope="col">Rule</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => {
                  const said = row.keys.filter(({ dimension }) => dimension !== 'RULE' || row.rule === null);
                  const what = said.map((key) => keyInWords(key, agencies)).join(', ');
                  return (
                    <tr key={row.keys.map(({ value }) => value).join(' ')}>
                      <th scope="row">{what}</th>
                      <td>
                        <span className="bar" style={{ width: `${(known(row.refused) / longest) * 100}%` }} />
                        {countInWords(row.refused)}
                      </td>
                      <td>{countInWords(row.asked)}</td>
                      <td>{countInWords(row.overcome)}</td>
                      <td>
                        {row.rule ? (
                          <a href="#agreements">{`${row.rule.file}, line ${row.rule.line}`}</a>
                        ) : (
                          '–'
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </section>
        </>
      )}
    </>
  );
}

const known = ({ value }: Count) => value ?? 0;

function keyInWords({ dimension, value }: Row['keys'][number], agencies: PartProps['agencies']): string {
  if (dimension === 'REASON') return reasonInWords(value);
  if (dimension === 'AGENCY') return agencies[value] ?? nameInWords(value);
  return dimension === 'RULE' || dimension === 'MONTH' ? value : nameInWords(value);
}

/** The last three months: for an analyst those that are over, for others until today. */
function periodFor(role: string, today: Date): [string, string] {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const day = (date: number) => new Date(date).toISOString().slice(0, 10);
  const last = role === 'analyst' ? Date.UTC(year, month, 0) : today.getTime();
  return [day(Date.UTC(year, month - 3, 1)), day(last)];
}
