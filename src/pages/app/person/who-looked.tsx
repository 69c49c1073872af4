import { useState } from 'react';
import { nameInWords } from '../gaps/hole-words.ts';
import { dayInWords } from './ages.ts';
import { AskedClock, Asking } from './asking.tsx';
import { Call, withNumbers } from './call.tsx';
import { WHO_LOOKED } from './documents.ts';
import type { WhoLookedQuery } from './generated/answers.ts';
import { useQuestion } from './question.ts';
import type { Tools } from './tools.ts';

type Entry = NonNullable<WhoLookedQuery['accessHistory']['entries']>['items'][number];

/** Who asked about somebody, for themselves, in words that need no explaining. */
export function WhoLooked({ tools }: { tools: Tools }) {
  const question = useQuestion<WhoLookedQuery>(tools.ask, WHO_LOOKED);
  const [before, setBefore] = useState<readonly Entry[]>([]);
  const { answer, asking, ask } = question;
  const start = () => {
    setBefore([]);
    ask({});
  };
  const history = answer?.data.accessHistory;
  const entries = [...before, ...(history?.entries?.items ?? [])];
  const next = history?.entries?.next;
  return (
    <section className="card looked" aria-labelledby="looked">
      <h2 id="looked">Who looked at your record</h2>
      {!answer && !asking && (
        <button type="button" className="primary" onClick={start}>
          Show who looked
        </button>
      )}
      <Asking what="who looked at your record" question={question} again={start} />
      {answer && history && (
        <>
          <AskedClock receivedAt={answer.receivedAt} again={start} />
          <p>{history.message}</p>
          {history.entries && entries.length === 0 && (
            <p>No look is listed here. Some looks are never listed.</p>
          )}
          <ul className="items">
            {entries.map((entry, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a look has no number of its own
              <Look key={at} {...entry} />
            ))}
          </ul>
          {next && (
            <button
              type="button"
              onClick={() => {
                setBefore(entries);
                ask({ after: next });
              }}
            >
              Show earlier ones
            </button>
          )}
          <h3>Something looks wrong to you?</h3>
          {history.complaints.split('\n').map((line) => (
            <p key={line}>{withNumbers(line)}</p>
          ))}
          <details className="fold">
            <summary>Ask an agency in writing</summary>
            <ul className="desks">
              {history.contacts.map((contact) => (
                <li key={contact.desk}>
                  <Call contact={contact} />
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </section>
  );
}

function Look({ date, organisation, role, purpose, sections, breakGlass }: Entry) {
  return (
    <li className="item">
      <p className="item-title">
        {dayInWords(date)}: {organisation.name}
      </p>
      <p>
        A {nameInWords(role).toLowerCase()} asked, for {nameInWords(purpose).toLowerCase()}, about{' '}
        {sections.map((section) => nameInWords(section).toLowerCase()).join(', ') || 'who you are'}.
        {breakGlass && ' It was an emergency.'}
      </p>
    </li>
  );
}
