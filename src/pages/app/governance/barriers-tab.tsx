import { useState } from 'react';
import { type BarrierReport, barriersTable } from '../counts/barriers-table.ts';
import { CountPlot } from '../counts/count-plot.tsx';
import { Options } from './act-form.tsx';
import type { PartProps } from './governance-page.tsx';
import { useAnswer } from './use-answer.ts';

const BARRIERS = /* GraphQL */ `query Barriers($from: Date!, $to: Date!, $by: [BarrierDimension!]!) {
  barriers(from: $from, to: $to, by: $by) {
    from
    to
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
  const variables = { from, to, by: by.split(' ') };
  const { data, problem, answeredAt } = useAnswer<{ barriers: BarrierReport }>(ask, BARRIERS, variables);
  const report = data?.barriers;
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
        <CountPlot
          table={barriersTable(report, agencies, '#agreements')}
          asked={{
            query: BARRIERS,
            variables: JSON.stringify(variables),
            purpose: role === 'analyst' ? 'service-planning' : 'governance',
            answeredAt,
          }}
        />
      )}
    </>
  );
}

/** The last three months: for an analyst those that are over, for others until today. */
function periodFor(role: string, today: Date): [string, string] {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const day = (date: number) => new Date(date).toISOString().slice(0, 10);
  const last = role === 'analyst' ? Date.UTC(year, month, 0) : today.getTime();
  return [day(Date.UTC(year, month - 3, 1)), day(last)];
}
