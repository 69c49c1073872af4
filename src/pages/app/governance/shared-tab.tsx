import { useState } from 'react';
import { nameInWords, reasonInWords } from '../gaps/hole-words.ts';
import { Options } from './act-form.tsx';
import { Facts } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { useAnswer } from './use-answer.ts';
import { dateInWords, fieldInWords } from './words.ts';

const MATRIX = /* GraphQL */ `query Matrix($role: String, $purpose: String) {
  policyMatrix(role: $role, purpose: $purpose) {
    agency { id }
    section
    level
    scope
    reason
    grounds
    fields
    columns
    rule { file line gateways conditions agreement { id version from review end } }
  }
}
`;

interface Cell {
  agency: { id: string };
  section: string;
  level: string;
  scope: string | null;
  reason: string | null;
  grounds: readonly string[] | null;
  fields: readonly string[];
  columns: readonly string[];
  rule: {
    file: string;
    line: number;
    gateways: readonly string[];
    conditions: readonly string[];
    agreement: { id: string; version: number; from: string; review: string; end: string | null };
  } | null;
}

/** Every role and the purposes that it may assert, as one choice. */
const callersOf = (purposesOf: PartProps['purposesOf']) =>
  Object.entries(purposesOf).flatMap(([role, purposes]) =>
    purposes.map((purpose) => [
      `${role} ${purpose}`,
      `${nameInWords(role)}, for ${purpose.replaceAll('-', ' ')}`,
    ]),
  );

/** What each agency shares, with whom and for what; a click on a cell tells why. */
export function SharedTab({ ask, agencies, purposesOf }: PartProps) {
  const callers = callersOf(purposesOf);
  const [caller, setCaller] = useState(callers[0]?.[0] ?? '');
  const [agency, setAgency] = useState('');
  const [chosen, choose] = useState<Cell | null>(null);
  const [role, purpose] = caller.split(' ');
  const { data, problem } = useAnswer<{ policyMatrix: readonly Cell[] }>(ask, MATRIX, { role, purpose });
  const cells = (data?.policyMatrix ?? []).filter((cell) => agency === '' || cell.agency.id === agency);
  const shown = Object.keys(agencies).filter((id) => cells.some((cell) => cell.agency.id === id));
  const sections = [...new Set(cells.map(({ section }) => section))].sort();
  return (
    <>
      <p>
        What a role is shown for a purpose, agency by agency, before anything about a person is looked at.
        Choose a cell to read the rule it rests on.
      </p>
      <div className="filters">
        <label>
          Who asks, and for what
          <select
            value={caller}
            onChange={({ target }) => {
              choose(null);
              setCaller(target.value);
            }}
          >
            <Options of={Object.fromEntries(callers)} />
          </select>
        </label>
        <label>
          Agency
          <select value={agency} onChange={({ target }) => setAgency(target.value)}>
            <option value="">All</option>
            <Options of={agencies} />
          </select>
        </label>
      </div>
      <p role="alert">{problem}</p>
      {chosen && <CellDetail cell={chosen} agencies={agencies} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <section className="scrolls" aria-label="What is shared" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Section</th>
              {shown.map((id) => (
                <th key={id} scope="col">
                  {agencies[id]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sections.map((section) => (
              <tr key={section}>
                <th scope="row">{nameInWords(section)}</th>
                {shown.map((id) => {
                  const cell = cells.find((one) => one.section === section && one.agency.id === id);
                  return (
                    <td key={id}>
                      {cell ? (
                        <button
                          type="button"
                          aria-pressed={cell === chosen}
                          className={`cell ${cell.level.toLowerCase()}`}
                          onClick={() => choose(cell)}
                        >
                          {nameInWords(cell.level)}
                        </button>
                      ) : (
                        '–'
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function CellDetail({ cell, agencies }: { cell: Cell; agencies: PartProps['agencies'] }) {
  const { rule } = cell;
  const facts: Readonly<Record<string, string | null>> = {
    Shared: nameInWords(cell.level),
    'Within what': cell.scope,
    'Why not': cell.reason && reasonInWords(cell.reason),
    'Opened in an emergency':
      cell.grounds?.map((ground) => nameInWords(ground).toLowerCase()).join(', ') ?? null,
    Fields: cell.fields.map(fieldInWords).join(', ') || 'none',
    'From the columns': cell.columns.join(', ') || null,
    Rule: rule && `${rule.file}, line ${rule.line}`,
    'Legal gateway': rule?.gateways.join('; ') ?? null,
    Conditions: rule?.conditions.join('; ') || null,
    Agreement: rule && agreementInWords(rule.agreement),
  };
  return (
    <section className="detail" aria-live="polite" aria-labelledby="cell-title">
      <h3 id="cell-title">
        {nameInWords(cell.section)}, {agencies[cell.agency.id] ?? nameInWords(cell.agency.id)}
      </h3>
      <Facts of={facts} />
    </section>
  );
}

export interface Agreement {
  id: string;
  version: number;
  from: string;
  review: string;
  end: string | null;
}
export const agreementInWords = ({ id, version, from, review, end }: Agreement) =>
  `${id}, version ${version}, from ${dateInWords(from)}, to be reviewed by ${dateInWords(review)}${end ? `, ends ${dateInWords(end)}` : ''}`;
