import { useState } from 'react';
import { Facts } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { useAnswer } from './use-answer.ts';
import { dateInWords } from './words.ts';

const STATEMENT = /* GraphQL */ `query Statement($from: DateTime, $to: DateTime) {
  registerStatement(from: $from, to: $to) {
    entries
    whole
    findings
    heads
    keyFingerprint
    checked
    notChecked
  }
}
`;

interface Statement {
  registerStatement: {
    entries: number;
    whole: boolean;
    findings: readonly string[];
    heads: readonly string[];
    keyFingerprint: string;
    checked: readonly string[];
    notChecked: readonly string[];
  };
}

/** Whether the register is whole, for a board: one page, to be printed. */
export function ProofTab({ ask }: PartProps) {
  const [period, setPeriod] = useState({ from: '', to: '' });
  const instant = (day: string) => (day === '' ? null : `${day}T00:00:00Z`);
  const asked = { from: instant(period.from), to: instant(period.to) };
  const { data, problem } = useAnswer<Statement>(ask, STATEMENT, asked);
  const statement = data?.registerStatement;
  const day = (name: 'from' | 'to', label: string) => (
    <label>
      {label}
      <input
        type="date"
        value={period[name]}
        onChange={({ target }) => setPeriod({ ...period, [name]: target.value })}
      />
    </label>
  );
  return (
    <>
      <div className="filters">
        {day('from', 'From')}
        {day('to', 'Until before')}
        <button type="button" onClick={() => print()}>
          Print
        </button>
      </div>
      <p role="alert">{problem}</p>
      {statement && (
        <>
          <Verdict {...statement} />
          <Facts
            of={{
              Period: periodInWords(period),
              Entries: statement.entries.toLocaleString('en-GB'),
              'Fingerprint of the key': statement.keyFingerprint,
              Heads: statement.heads.join('\n') || null,
            }}
          />
          <Lines title="Found" of={statement.findings} />
          <Lines title="What was checked" of={statement.checked} />
          <Lines title="What cannot be checked this way" of={statement.notChecked} />
        </>
      )}
    </>
  );
}

/** Nothing found wrong where nothing could be looked at is no proof. */
function Verdict({ whole, heads }: Pick<Statement['registerStatement'], 'whole' | 'heads'>) {
  if (!whole)
    return (
      <p className="broken">
        The register is not whole. Call whoever runs this gateway, and keep everything as it is.
      </p>
    );
  if (heads.length === 0)
    return (
      <p className="broken">
        Nothing can be said yet: no head has been signed in this period. Ask again in a minute, or for a
        longer period.
      </p>
    );
  return (
    <p className="whole">
      The register is whole: nothing that was written has been changed, left out or put in.
    </p>
  );
}

function Lines({ title, of }: { title: string; of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {of.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

function periodInWords({ from, to }: { from: string; to: string }): string {
  if (from === '' && to === '') return 'From the beginning until now';
  return `${from === '' ? 'From the beginning' : `From ${dateInWords(from)}`} until ${to === '' ? 'now' : `before ${dateInWords(to)}`}`;
}
