import type { ReactNode } from 'react';
import type { Contact } from '../gaps/hole.ts';

interface CallProps {
  contact: Contact;
  /** Who answers, where the desk's own name says less. */
  name?: string;
}

/** A number or an address as something to tap, with who answers there, when, and what to say. */
export function Call({ contact, name = contact.desk }: CallProps) {
  const { phone, email, hours, staffedNow, advice } = contact;
  const now = staffedNow === true ? 'staffed now' : staffedNow === false ? 'closed now' : null;
  const when = [hours, now].filter(Boolean).join(', ');
  return (
    <div className="call">
      <p>
        {name}
        {!phone && !email && ': no number is given'}
        {when && (
          <span className={staffedNow === false ? 'closed' : 'quiet'}>
            {' · '}
            {when}
          </span>
        )}
        {advice && <span className="advice"> {withNumbers(advice)}</span>}
      </p>
      {phone ? (
        <a className="tap" href={telephone(phone)} aria-label={`Call ${name}, ${phone}`}>
          <PhoneSign /> {phone}
        </a>
      ) : (
        email && (
          <a className="tap" href={`mailto:${email}`} aria-label={`Write to ${name}`}>
            Write
          </a>
        )
      )}
    </div>
  );
}

export const PhoneSign = () => (
  <svg className="sign" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
    <path d="M4 2.5h3l1.3 3.6-1.9 1.5a9 9 0 0 0 4 4l1.5-1.9 3.6 1.3v3c0 .8-.7 1.5-1.5 1.4C7.6 15 3 10.4 2.6 4 2.5 3.2 3.2 2.5 4 2.5z" />
  </svg>
);

export const telephone = (phone: string) => `tel:${phone.replaceAll(/[^\d+]/g, '')}`;

const NUMBER = /(\b0\d{2,4}[ \d]{5,8}\d\b|\b999\b|\b111\b)/;

/** Numbers within a sentence can be tapped as well. */
export const withNumbers = (sentence: string): ReactNode =>
  sentence.split(NUMBER).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their places
      <a key={at} href={telephone(part)}>
        {part}
      </a>
    ) : (
      part
    ),
  );
