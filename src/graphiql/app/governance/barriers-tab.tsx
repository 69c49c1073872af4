import { useState } from 'react';
import { nameInWords } from '../hole-words.ts';
import { Options } from './act-form.tsx';
import type { PartProps } from './governance-page.tsx';
import { useAnswer } from './use-answer.ts';

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

interface Count {
  value: number | null;
  suppressed: boolean;
}
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
  'SECTION REASON': 'Section and reason',
  'AGENCY REASON': 'Agency and reason',
  'ROLE PURPOSE': 'Role and purpose',
  RULE: 'Rule',
  MONTH: 'Month',
};

/** What was asked and refused, longest bar first: where a rule, a habit or the law stands in the way. */
export function BarriersTab({ ask, agencies }: PartProps) {
  const [from, setFrom] = useState(() => dayFromNow(-90));
  const [to, setTo] = useState(() => dayFromNow(0));
  const [by, setBy] = useState('SECTION REASON');
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
                const what = row.keys.map((key) => keyInWords(key, agencies)).join(', ');
                return (
                  <tr key={what}>
                    <th scope="row">{what}</th>
                    <td>
                      <span className="bar" style={{ width: `${(known(row.refused) / longest) * 100}%` }} />
                      {countInWords(row.refused)}
                    </td>
                    <td>{countInWords(row.asked)}</td>
                    <td>{countInWords(row.overcome)}</td>
                    <td>{row.rule ? `${row.rule.file}, line ${row.rule.line}` : '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}

const known = ({ value }: Count) => value ?? 0;
const countInWords = ({ value, suppressed }: Count) => (suppressed ? 'a few' : String(value ?? 0));

function keyInWords({ dimension, value }: Row['keys'][number], agencies: PartProps['agencies']): string {
  if (dimension === 'AGENCY') return agencies[value] ?? nameInWords(value);
  return dimension === 'RULE' || dimension === 'MONTH' ? value : nameInWords(value);
}

/** A day by the calendar, so many days from today. */
function dayFromNow(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.toISOString().slice(0, 10);
}
