import type { Desk } from '../../../adapters/contract.ts';
import type { Document } from '../../agreement/document.ts';
import { INFORMATION_COMMISSIONER } from '../../sharing/shown-to-subject.ts';
import type { SubjectEntry } from './subject-entries.ts';

/** What things are called in a letter. */
export interface LetterWords {
  /** Agencies by their id. */
  agencies: ReadonlyMap<string, { readonly name: string; readonly contact: Desk }>;
  roles: ReadonlyMap<string, { readonly title: string }>;
  purposes: ReadonlyMap<string, { readonly title: string }>;
}

/**
 * The answer to "who looked at my record?" in plain words. But for what is given it is the same letter, whatever was kept back.
 * @param today the day in London, `YYYY-MM-DD`
 */
export function subjectLetter(
  agency: string,
  given: readonly SubjectEntry[],
  { agencies, roles, purposes }: LetterWords,
  today: string,
): Document {
  const nameOf = (id: string) => agencies.get(id)?.name ?? id;
  const contact = agencies.get(agency)?.contact;
  return {
    title: 'Who asked about you',
    blocks: [
      { kind: 'text', text: `From ${nameOf(agency)}, ${dayInWords(today)}.` },
      { kind: 'heading', level: 2, text: 'In short' },
      {
        kind: 'list',
        items: [
          'You asked us who looked at information about you. This is our answer.',
          'Public services can ask each other about you through a service called Sightline.',
          'Below is who asked, on which day, why, and what they asked about.',
          'That somebody asked does not mean that we have this information, or that they were given it.',
          'We do not give the names of staff.',
        ],
      },
      { kind: 'heading', level: 2, text: 'Who asked' },
      given.length === 0
        ? { kind: 'text', text: 'There is nothing that we can put on this list.' }
        : {
            kind: 'table',
            caption: 'Who asked about you',
            head: ['Day', 'Who', 'Their job', 'Why', 'What they asked about', 'How'],
            rows: given.map((entry) => [
              dayInWords(entry.date),
              nameOf(entry.organisation),
              roles.get(entry.role)?.title ?? spaced(entry.role),
              purposes.get(entry.purpose)?.title ?? spaced(entry.purpose),
              entry.sections.map(spaced).join(', '),
              howOf(entry, nameOf),
            ]),
          },
      { kind: 'heading', level: 2, text: 'This may not be everything' },
      {
        kind: 'list',
        items: [
          'The law lets us leave some things out, for example to keep somebody safe.',
          'We write this in every letter. It does not mean that we left something out.',
          'Other organisations have lists of their own. Ask each of them.',
          'You have a right to see other information about you as well. This letter is only about who asked.',
        ],
      },
      { kind: 'heading', level: 2, text: 'If something looks wrong' },
      { kind: 'text', text: 'You can complain. It costs nothing. Somebody you trust can help you.' },
      {
        kind: 'list',
        items: [
          `First: tell us. Say what is wrong. We must answer you. ${contact ? deskText(contact) : ''}`.trim(),
          `Not happy with our answer? ${INFORMATION_COMMISSIONER}`,
        ],
      },
    ],
  };
}

function howOf({ breakGlass, passedTo }: SubjectEntry, nameOf: (id: string) => string): string {
  if (passedTo !== null) return `they told somebody of ${nameOf(passedTo)}, by word of mouth`;
  return breakGlass ? 'in an emergency, by a way that is checked afterwards' : '';
}

const deskText = ({ desk, phone, email, hours }: Desk): string =>
  `${[desk, phone && `phone ${phone}`, email && `e-mail ${email}`, hours].filter(Boolean).join(', ')}.`;

const spaced = (name: string): string =>
  name.replaceAll('-', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
