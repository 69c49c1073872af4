import type { ReactNode } from 'react';

/** Every state of an answer, as it is drawn: a word, and a sign of a shape of its own, so that no colour has to be seen. */
interface Mark {
  word: string;
  /** In the words of somebody who reads of themselves. */
  wordForSubject?: string;
  /** What it means for a section as a whole. */
  means: string;
  sign: ReactNode;
}

const MARKS = {
  DISCLOSED: {
    word: 'Shown',
    means: 'Everybody who was asked answered.',
    sign: <path d="M3 9.5 7.5 14 15 4.5" />,
  },
  PARTIAL: {
    word: 'Shown in part',
    means: 'Not the whole: what is missing stands below.',
    sign: (
      <>
        <circle cx="9" cy="9" r="6.5" />
        <path d="M9 2.5a6.5 6.5 0 0 1 0 13z" className="filled" />
      </>
    ),
  },
  NOT_HELD: {
    word: 'Nothing found',
    means: 'It was asked, and nothing was found. That is no proof that there is nothing.',
    sign: (
      <>
        <circle cx="9" cy="9" r="6.5" strokeDasharray="2.6 2.5" />
        <path d="M6 9h6" />
      </>
    ),
  },
  NOT_COVERED: {
    word: 'Not supplied',
    means: 'No agency supplies this here. Nobody was asked.',
    sign: (
      <>
        <rect x="3" y="3" width="12" height="12" />
        <path d="m3 15 12-12" />
      </>
    ),
  },
  WITHHELD: {
    word: 'Withheld',
    wordForSubject: 'Not shown here',
    means: 'Policy says no, so it was not asked. That says nothing of whether there is anything.',
    sign: (
      <>
        <rect x="3.5" y="8" width="11" height="7.5" className="filled" />
        <path d="M6 8V5.5a3 3 0 0 1 6 0V8" />
      </>
    ),
  },
  UNAVAILABLE: {
    word: 'No answer',
    means: 'It could not be asked now. There may be something: call.',
    sign: (
      <>
        <path d="M9 2 16.5 15.5h-15z" />
        <path d="M9 7v4M9 12.6v1.2" />
      </>
    ),
  },
  POSSIBLE_MATCH_ONLY: {
    word: 'Possible match only',
    means: 'There may be a record, too weakly linked to show. Call to find out.',
    sign: (
      <>
        <path d="m9 1.5 7.5 7.5L9 16.5 1.5 9z" />
        <path d="M7.2 7.4a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2M9 12.2v1" />
      </>
    ),
  },
} as const satisfies Record<string, Mark>;

export type State = keyof typeof MARKS;
export const STATES = Object.keys(MARKS) as readonly State[];

/** A state that a later gateway knows is drawn as the one that reassures least. */
const markOf = (state: string): Mark =>
  MARKS[state as State] ?? {
    ...MARKS.UNAVAILABLE,
    word: 'Not known what',
    means: 'This page does not know this answer. Call.',
  };

/** What a state means for a section as a whole. */
export const meaningOf = (state: string): string => markOf(state).means;

/** A state: its sign and its word. */
export function StateMark({ state, subject = false }: { state: string; subject?: boolean }) {
  const { word, wordForSubject, sign } = markOf(state);
  return (
    <span className="mark" data-state={state}>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        {sign}
      </svg>
      {subject && wordForSubject ? wordForSubject : word}
    </span>
  );
}
