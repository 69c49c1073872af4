import { useState } from 'react';
import { ActDialog } from './act-dialog.tsx';
import { nameInWords } from './hole-words.ts';
import { type Row, rowsIn } from './rows-in.ts';
import type { WishesClient } from './wishes.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/London' });
const dayOf = (instant: string) => DAY.format(new Date(instant));

interface WishesPanelProps {
  person: { id: string; name: string | null };
  /** The section by its name, and what was answered of it. */
  section: string;
  data: { sources: readonly { agency: { id: string; name: string }; state: string }[] };
  client: WishesClient;
  /** True where the person reads of themselves. */
  subject: boolean;
}

/** What can be written down about what is shown: that it is wrong, that the person objects to it, that it was passed on. */
export function WishesPanel({ person, section, data, client, subject }: WishesPanelProps) {
  const [writing, setWriting] = useState<'mistake' | 'objection' | 'relay' | null>(null);
  const [done, setDone] = useState('');
  const rows = rowsIn(data);
  const stop = () => setWriting(null);
  const finish = (words: string) => {
    setDone(words);
    stop();
  };
  const name = person.name ?? 'this person';
  const what = nameInWords(section).toLowerCase();
  return (
    <details className="fold">
      <summary>
        {subject ? 'It is wrong, or you object to it' : 'It is wrong, they object, or you told somebody'}
      </summary>
      <ul className="glass" aria-label="To write down">
        {done && <li role="status">{done}</li>}
        {rows.length > 0 && (
          <li>
            <button type="button" className="graphiql-un-styled" onClick={() => setWriting('mistake')}>
              Something here is wrong …
            </button>
          </li>
        )}
        <li>
          <button type="button" className="graphiql-un-styled" onClick={() => setWriting('objection')}>
            {subject ? 'I object' : `${name} objects`} to its being shared for care …
          </button>
        </li>
        {!subject && (
          <li>
            <button type="button" className="graphiql-un-styled" onClick={() => setWriting('relay')}>
              I told a colleague of it …
            </button>
          </li>
        )}
      </ul>
      {writing === 'mistake' && <MistakeDialog {...{ rows, section, client, finish }} onCancel={stop} />}
      {writing === 'objection' && (
        <ActDialog
          title={`${subject ? 'You object' : `${name} objects`} to the sharing of ${what}`}
          does="Record the objection"
          onCancel={stop}
          send={async ({ agency = '', why = '' }) => {
            const { answerBy } = await client.object({ person: person.id, section, agency, why });
            finish(`Recorded. The agency answers by ${dayOf(answerBy)}.`);
          }}
        >
          <p>
            {subject
              ? 'The agency speaks to you first: nothing changes until then.'
              : 'It stops for direct care until the agency decides. Child protection and a crisis go on, and say so.'}
          </p>
          <label>
            Whose
            <select name="agency" required defaultValue="">
              <option value="" disabled>
                Choose
              </option>
              {data.sources
                .filter(({ state }) => state === 'DISCLOSED')
                .map(({ agency }) => (
                  <option key={agency.id} value={agency.id}>
                    {agency.name}
                  </option>
                ))}
            </select>
          </label>
          <label>
            {subject ? 'Why, in your own words' : 'What the person said, in your own words'}
            <textarea name="why" required minLength={8} maxLength={2_000} rows={4} />
          </label>
        </ActDialog>
      )}
      {writing === 'relay' && (
        <ActDialog
          title={`You told a colleague of ${what}`}
          does="Record it"
          onCancel={stop}
          send={async ({ item = '', to = '', why = '' }) => {
            await client.relay({ person: person.id, section, item, to, why });
            finish('Recorded as a disclosure of whose data it is, without what it says.');
          }}
        >
          <p>To somebody on the same incident or case, one item alone.</p>
          <label>
            Which item
            <select name="item" required defaultValue="">
              <option value="" disabled>
                Choose
              </option>
              {Object.entries(data)
                .filter(([field, value]) => field !== 'state' && field !== 'sources' && value !== null)
                .map(([field]) => (
                  <option key={field} value={field}>
                    {nameInWords(field)}
                  </option>
                ))}
            </select>
          </label>
          <label>
            Their number on the log, such as PC4417
            <input name="to" required autoComplete="off" />
          </label>
          <label>
            Why they need to know
            <textarea name="why" required minLength={8} maxLength={2_000} rows={3} />
          </label>
        </ActDialog>
      )}
    </details>
  );
}

interface MistakeDialogProps {
  rows: readonly Row[];
  section: string;
  client: WishesClient;
  finish: (words: string) => void;
  onCancel: () => void;
}

/** Which row, which field of it, and what is wrong with it. */
function MistakeDialog({ rows, section, client, finish, onCancel }: MistakeDialogProps) {
  const [chosen, choose] = useState(0);
  const row = rows[chosen];
  return (
    <ActDialog
      title="Something here is wrong"
      does="Report it"
      onCancel={onCancel}
      send={async ({ field = '', why = '' }) => {
        const { answerBy } = await client.report({ record: row?.record ?? '', section, field, why });
        finish(`Reported to whose record it is. They answer by ${dayOf(answerBy)}.`);
      }}
    >
      <p>Nothing changes here: the agency corrects it in its own system, and finds who was told.</p>
      <label>
        Which
        <select value={chosen} onChange={({ target }) => choose(Number(target.value))}>
          {rows.map(({ agency, title }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be of one record
            <option key={at} value={at}>
              {[agency, nameInWords(title)].filter(Boolean).join(': ')}
            </option>
          ))}
        </select>
      </label>
      <label>
        What of it
        <select name="field" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          {row?.fields.map((field) => (
            <option key={field} value={field}>
              {nameInWords(field.slice(field.indexOf('.') + 1))}
            </option>
          ))}
        </select>
      </label>
      <label>
        What is wrong with it, for the agency
        <textarea name="why" required minLength={8} maxLength={2_000} rows={4} />
      </label>
    </ActDialog>
  );
}
