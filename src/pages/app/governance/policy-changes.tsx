import { useState } from 'react';
import { type Count, countInWords } from '../counts/count-table.ts';
import { nameInWords } from '../gaps/hole-words.ts';
import { ActForm } from './act-form.tsx';
import type { PartProps } from './governance-page.tsx';
import { fieldInWords } from './words.ts';

const DIFF = /* GraphQL */ `query Diff($files: [PolicyFile!]!, $replayDays: Int) {
  policyDiff(files: $files, replayDays: $replayDays) {
    findings
    otherChanges
    opensMore
    changes {
      role
      purpose
      section
      before
      after
      fieldsOpened
      fieldsClosed
      columnsOpened
      columnsClosed
      gateways
      requestsGiven { value suppressed }
      requestsWithheld { value suppressed }
    }
  }
}
`;

interface Diff {
  findings: readonly string[];
  otherChanges: readonly string[];
  opensMore: boolean;
  changes: readonly {
    role: string;
    purpose: string;
    section: string;
    before: string;
    after: string;
    fieldsOpened: readonly string[];
    fieldsClosed: readonly string[];
    columnsOpened: readonly string[];
    columnsClosed: readonly string[];
    gateways: readonly string[];
    requestsGiven: Count | null;
    requestsWithheld: Count | null;
  }[];
}

/** What a proposed sharing file would change, in words, and for how many of the requests of the last days. */
export function PolicyChanges({ ask, organisation }: Pick<PartProps, 'ask' | 'organisation'>) {
  const [diff, setDiff] = useState<Diff | null>(null);
  return (
    <section className="detail" aria-labelledby="proposal">
      <h3 id="proposal">Try a proposed sharing file</h3>
      <ActForm
        title="Nothing changes by this"
        does="What would change?"
        send={async ({ yaml, days = '' }) => {
          const { policyDiff } = await ask<{ policyDiff: Diff }>(DIFF, {
            files: [{ agency: organisation, yaml }],
            replayDays: days === '' ? null : Number(days),
          });
          setDiff(policyDiff);
        }}
        onDone={() => {}}
      >
        <label>
          The whole file (sharing.yaml)
          <textarea name="yaml" required rows={8} spellCheck={false} />
        </label>
        <label>
          Try it on what was asked in the last days (may be left out)
          <input name="days" type="number" min={1} max={366} />
        </label>
      </ActForm>
      {diff && <Changes {...diff} />}
    </section>
  );
}

function Changes({ findings, otherChanges, opensMore, changes }: Diff) {
  return (
    <section aria-label="What would change" aria-live="polite">
      {findings.map((finding) => (
        <p key={finding} role="alert">
          {finding}
        </p>
      ))}
      {findings.length === 0 && changes.length + otherChanges.length === 0 && <p>Nothing would change.</p>}
      {otherChanges.map((change) => (
        <p key={change}>{change}</p>
      ))}
      {opensMore && <p>This gives more than is given now: two of your officers sign it.</p>}
      {changes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard (WCAG 2.1.1)
        <section className="scrolls" aria-label="Changes" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {[
                  'Role',
                  'Purpose',
                  'Section',
                  'Now',
                  'Then',
                  'Fields',
                  'Columns',
                  'Legal gateway',
                  'Requests',
                ].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={`${change.role} ${change.purpose} ${change.section}`}>
                  <td>{nameInWords(change.role)}</td>
                  <td>{nameInWords(change.purpose)}</td>
                  <th scope="row">{nameInWords(change.section)}</th>
                  <td>{nameInWords(change.before)}</td>
                  <td>{nameInWords(change.after)}</td>
                  <td>
                    {addedAndTaken(
                      change.fieldsOpened.map(fieldInWords),
                      change.fieldsClosed.map(fieldInWords),
                    )}
                  </td>
                  <td>{addedAndTaken(change.columnsOpened, change.columnsClosed)}</td>
                  <td>{change.gateways.join('; ')}</td>
                  <td>{requestsInWords(change.requestsGiven, change.requestsWithheld)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

const addedAndTaken = (added: readonly string[], taken: readonly string[]) =>
  [...added.map((one) => `+ ${one}`), ...taken.map((one) => `− ${one}`)].join('\n') || '–';

function requestsInWords(given: Count | null, withheld: Count | null): string {
  const words = (count: Count | null, what: string) =>
    count === null ? [] : [`${count.suppressed ? 'fewer than ten' : countInWords(count)} ${what}`];
  return [...words(given, 'newly given'), ...words(withheld, 'newly withheld')].join(', ') || '–';
}
