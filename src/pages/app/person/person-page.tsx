import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Workplace } from '../page/workplace.ts';
import { PersonView } from './person-view.tsx';
import { type Reader, ReaderContext } from './reader.ts';
import { NOTHING_TYPED, Search, type Typed } from './search.tsx';
import type { Subject } from './section-card.tsx';
import { toolsFor } from './tools.ts';
import { useNow } from './use-now.ts';
import { WhoLooked } from './who-looked.tsx';

/** Roles that see nobody: where their own work is. */
const ELSEWHERE: Readonly<Record<string, { words: string; links: Readonly<Record<string, string>> }>> = {
  'governance-officer': {
    words: 'Your role decides what is shared, and sees nobody.',
    links: { governance: 'Open the page of governance' },
  },
  analyst: {
    words: 'Your role counts, and sees nobody.',
    links: { graphiql: 'Count in GraphiQL', governance: 'See what was refused, and why' },
  },
};

/** The practitioner's page: who somebody is, who is involved, what to watch for and what helps; and what cannot be said, with the next step. */
export function PersonPage(workplace: Workplace) {
  const { asking } = workplace;
  const elsewhere = ELSEWHERE[asking.role ?? ''];
  if (elsewhere)
    return (
      <main className="search">
        <h2>{elsewhere.words}</h2>
        <ul className="plain">
          {Object.entries(elsewhere.links).map(([path, words]) => (
            <li key={path}>
              <a className="tap" href={path}>
                {words}
              </a>
            </li>
          ))}
        </ul>
      </main>
    );
  return <AtWork {...workplace} />;
}

function AtWork({ asking, caller, tokens, storage, config: { agencies }, foldBar }: Workplace) {
  const [typed, setTyped] = useTyped(storage, asking.persona);
  const now = useNow();
  const { role, organisation, purpose, reference } = asking;
  // An answer is good for who asked it, why and on what: with another of these everything shown goes at once.
  const asked = `${asking.persona} ${purpose} ${reference}`;
  const [place, go] = usePlace(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other questions are asked with tools of their own
  const tools = useMemo(() => toolsFor({ caller, tokens }), [asked]);
  const atWork = place.person !== null;
  useEffect(() => foldBar(atWork), [atWork, foldBar]);
  const missing = missingFor(purpose, reference);
  const reader: Reader = {
    ...{ now, agencies, role, organisation, purpose },
    subject: role === 'data-subject',
  };
  const open = useCallback((person: Subject) => go(person), [go]);
  return (
    <ReaderContext value={reader}>
      {place.person ? (
        <PersonView
          key={`${asked} ${place.person.id}`}
          person={place.person}
          tools={tools}
          onPerson={open}
          onLeave={() => history.back()}
        />
      ) : (
        <Search key={asked} tools={tools} typed={typed} onTyped={setTyped} onFound={open} missing={missing} />
      )}
      {reader.subject && !missing && <WhoLooked key={`looked ${asked}`} tools={tools} />}
      <p className="foot quiet">Nothing of this is kept on this device.</p>
    </ReaderContext>
  );
}

const TYPED = 'typed of somebody';

/** What was typed of somebody, kept in memory through a lock, for whoever typed it. */
function useTyped(storage: Workplace['storage'], persona: string | null): [Typed, (typed: Typed) => void] {
  const [typed, setTyped] = useState<Typed>(() => {
    const kept = JSON.parse(storage.getItem(TYPED) ?? 'null');
    return kept !== null && persona !== null && kept.persona === persona ? kept.typed : NOTHING_TYPED;
  });
  return [
    typed,
    (next) => {
      setTyped(next);
      storage.setItem(TYPED, JSON.stringify({ persona, typed: next }));
    },
  ];
}

function missingFor(purpose: string, reference: string): string {
  if (!purpose && !reference.trim())
    return 'Choose above for which purpose you ask, and type your case or incident.';
  if (!purpose) return 'Choose above for which purpose you ask.';
  if (!/^[a-z-]+:.+/.test(reference.trim()))
    return 'Type your case or incident above, as agency:number, such as police:26/000123.';
  return '';
}

const PERSON = '#person';

/**
 * Whether the search is shown or somebody. The browser's *back* leads from one to the other; its history holds that
 * somebody was shown, and never who: who it was is in memory alone, and gone with whatever was asked for them.
 */
function usePlace(asked: string): [{ person: Subject | null }, (person: Subject) => void] {
  const [shown, setShown] = useState<{ asked: string; person: Subject } | null>(null);
  useEffect(() => {
    // After the page was loaded anew nobody is shown.
    if (location.hash === PERSON) history.replaceState(null, '', location.pathname);
    const follow = () => location.hash !== PERSON && setShown(null);
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback(
    (person: Subject) => {
      if (location.hash !== PERSON) history.pushState(null, '', PERSON);
      setShown({ asked, person });
      scrollTo(0, 0);
    },
    [asked],
  );
  const person = shown?.asked === asked ? shown.person : null;
  // Nor does it come back with the purpose or the case that was left.
  if (shown !== null && person === null) setShown(null);
  useEffect(() => {
    if (person === null && location.hash === PERSON) history.replaceState(null, '', location.pathname);
  }, [person]);
  return [{ person }, go];
}
