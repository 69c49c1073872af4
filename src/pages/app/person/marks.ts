/** How a state of an answer is drawn and said: a word, and a sign of a shape of its own, so that no colour has to be seen. */
export interface Mark {
  word: string;
  /** In the words of somebody who reads of themselves. */
  wordForSubject?: string;
  /** What it means for a section as a whole. */
  means: string;
  meansForSubject?: string;
  /** Lines on a square of 18, as the `d` of a path; and what of it is filled. */
  sign: { lines: string; filled?: string };
}

const RING = 'M9 2.5a6.5 6.5 0 1 0 .01 0z';

const MARKS = {
  DISCLOSED: {
    word: 'Shown',
    means: 'Everybody who was asked answered.',
    sign: { lines: 'M3 9.5 7.5 14 15 4.5' },
  },
  PARTIAL: {
    word: 'Shown in part',
    means: 'Not the whole: what is missing stands below.',
    meansForSubject: 'This may not be all there is: what is missing stands below.',
    sign: { lines: RING, filled: 'M9 2.5a6.5 6.5 0 0 1 0 13z' },
  },
  NOT_HELD: {
    word: 'Nothing found',
    means: 'It was asked, and nothing was found. That is no proof that there is nothing.',
    meansForSubject: 'We looked and found nothing. That is no proof that there is nothing.',
    sign: { lines: `${RING}M6 9h6` },
  },
  NOT_COVERED: {
    word: 'Not supplied',
    means: 'No agency supplies this here, so nobody was asked. There may be something all the same.',
    sign: { lines: 'M3 3h12v12h-12zM3 15 15 3' },
  },
  WITHHELD: {
    word: 'Withheld',
    wordForSubject: 'Not shown here',
    means: 'Policy says no, so it was not asked. That says nothing of whether there is anything.',
    meansForSubject: 'It is not shown here. That says nothing of whether there is anything.',
    sign: { lines: 'M6 8V5.5a3 3 0 0 1 6 0V8', filled: 'M3.5 8h11v7.5h-11z' },
  },
  UNAVAILABLE: {
    word: 'No answer',
    means: 'It could not be asked now. There may be something: call.',
    sign: { lines: 'M9 2 16.5 15.5h-15zM9 7v4M9 12.6v1.2' },
  },
  POSSIBLE_MATCH_ONLY: {
    word: 'Possible match only',
    means: 'There may be a record, too weakly linked to show. Call to find out.',
    sign: {
      lines: 'm9 1.5 7.5 7.5L9 16.5 1.5 9zM7.2 7.4a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2M9 12.2v1',
    },
  },
} as const satisfies Record<string, Mark>;

/** A state that a later gateway knows is drawn as the one that reassures least. */
export const markOf = (state: string): Mark =>
  MARKS[state as keyof typeof MARKS] ?? {
    ...MARKS.UNAVAILABLE,
    word: 'Not known what',
    means: 'This page does not know this answer. Call.',
  };

/** What a state means for a section as a whole. */
export function meaningOf(state: string, subject: boolean): string {
  const { means, meansForSubject } = markOf(state);
  return subject && meansForSubject ? meansForSubject : means;
}
