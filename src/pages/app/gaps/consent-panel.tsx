import { useState } from 'react';
import { ActDialog } from './act-dialog.tsx';
import type { ConsentClient, RecordedConsent } from './consents.ts';
import { nameInWords } from './hole-words.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/London' });

interface ConsentPanelProps {
  person: { id: string; name: string | null };
  /** The purpose that it is for: the one at which the gap was told. */
  purpose: string;
  client: ConsentClient;
  /** Agency id → its name: whom the person can choose. */
  agencies: Readonly<Record<string, string>>;
  onChanged: () => void;
}

/** Where something waits for the person's agreement: it is asked of them, and written down. */
export function ConsentPanel({ person, purpose, client, agencies, onChanged }: ConsentPanelProps) {
  const [writing, setWriting] = useState(false);
  const [recorded, setRecorded] = useState<RecordedConsent | null>(null);
  const name = person.name ?? 'this person';
  const what = nameInWords(purpose).toLowerCase();
  return (
    <>
      <ul className="glass" aria-label="Consent">
        {recorded && (
          <li role="status">
            {recorded.confirmed
              ? `Recorded: ${name} agrees. It holds from now.`
              : `Recorded. It opens nothing until the agency whose data it is confirms it, by ${DAY.format(new Date(recorded.confirmBy))}.`}
          </li>
        )}
        <li>
          <button type="button" className="graphiql-un-styled" onClick={() => setWriting(true)}>
            Record that {name} agrees to a {what} …
          </button>
        </li>
      </ul>
      {writing && (
        <ActDialog
          title={`${name} agrees to a ${what}`}
          does="Record the consent"
          onCancel={() => setWriting(false)}
          send={async ({ to = '', evidence = '', until = '' }) => {
            const written = { person: person.id, purpose, to, evidence, until: until || null };
            setRecorded(await client.record(written));
            setWriting(false);
            onChanged();
          }}
        >
          <p>
            Ask {name} first. It is for this referral, to the authority that they choose, and they can take it
            back at any time. It opens how to reach them and your own organisation’s involvement, no more.
          </p>
          <label>
            The authority that they chose
            <select name="to" required defaultValue="">
              <option value="" disabled>
                Choose
              </option>
              {Object.entries(agencies).map(([id, agency]) => (
                <option key={id} value={id}>
                  {agency}
                </option>
              ))}
            </select>
          </label>
          <label>
            How it is evidenced: what was asked and said, where a signed form is kept
            <textarea name="evidence" required minLength={8} maxLength={2_000} rows={4} />
          </label>
          <label>
            The last day on which it holds; empty: until they take it back
            <input name="until" type="date" />
          </label>
        </ActDialog>
      )}
    </>
  );
}
