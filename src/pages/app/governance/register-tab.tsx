import { type FormEvent, useState } from 'react';
import { nameInWords } from '../gaps/hole-words.ts';
import { Options } from './act-form.tsx';
import { Card } from './card.tsx';
import type { PartProps } from './governance-page.tsx';
import { PagedList } from './pages.tsx';
import { type Asker, askerInWords, timeInWords } from './words.ts';

const REGISTER = /* GraphQL */ `query Register($by: RegisterFilter!, $after: ID) {
  register(by: $by, first: 50, after: $after) {
    items {
      at
      kind
      asker { name role organisation }
      purpose
      reference
      relationship
      ownRecord
      outcomes { section agency { id } given state level reason }
      policyVersion
      sequence
    }
    next
  }
}
`;

interface Item {
  at: string;
  kind: string;
  asker: Asker;
  purpose: string | null;
  reference: string | null;
  relationship: string | null;
  ownRecord: string | null;
  outcomes: readonly {
    section: string;
    agency: { id: string };
    given: boolean;
    state: string | null;
    level: string | null;
    reason: string | null;
  }[];
  policyVersion: string;
  sequence: string;
}

const KINDS: Readonly<Record<string, string>> = {
  DISCLOSURE: 'Disclosures',
  SEARCH: 'Searches',
  REFUSAL: 'Refusals',
  BREAK_GLASS: 'Break-glass',
  REVIEW: 'Reviews',
  DECISION: 'Decisions on requests',
  CONSENT: 'Consents',
  RELAY: 'Passed on by word of mouth',
  OBJECTION: 'Objections',
  MISTAKE: 'Mistakes',
  POLICY: 'Changes of policy',
  REPORT: 'Looks at the register',
  AGGREGATE: 'Counts',
};

/** Who asked what of whose record, and what became of it. */
export function RegisterTab({ ask, agencies }: PartProps) {
  const [by, setBy] = useState<object | null>(null);
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = [...new FormData(event.currentTarget)]
      .map(([name, value]) => [name, String(value).trim()] as const)
      .filter(([, value]) => value !== '')
      .map(
        ([name, value]) => [name, name === 'from' || name === 'to' ? `${value}T00:00:00Z` : value] as const,
      );
    setBy(Object.fromEntries(written));
  };
  return (
    <>
      <p>
        What was disclosed of your agency’s records, and what your own people asked. That you look is itself
        recorded.
      </p>
      <form className="filters" aria-label="Look in the register" onSubmit={search}>
        <label>
          Record number
          <input name="ownRecord" autoComplete="off" />
        </label>
        <label>
          Login of who asked
          <input name="sub" autoComplete="off" />
        </label>
        <label>
          Kind
          <select name="kind">
            <option value="">All</option>
            <Options of={KINDS} />
          </select>
        </label>
        <label>
          From
          <input name="from" type="date" />
        </label>
        <label>
          To
          <input name="to" type="date" />
        </label>
        <button type="submit">Look</button>
      </form>
      {by && (
        <PagedList<Item>
          key={JSON.stringify(by)}
          {...{ ask, query: REGISTER, variables: { by }, none: 'Nothing of this kind.' }}
          show={(item) => <Entry key={`${item.sequence} ${item.at}`} {...{ item, agencies }} />}
        />
      )}
    </>
  );
}

function Entry({ item, agencies }: { item: Item; agencies: PartProps['agencies'] }) {
  const { outcomes } = item;
  return (
    <Card
      title={`${timeInWords(item.at)}: ${askerInWords(item.asker, agencies)}`}
      state={nameInWords(item.kind)}
      facts={{
        'For what': item.purpose && nameInWords(item.purpose),
        On: item.reference,
        'Tie to the person': item.relationship && nameInWords(item.relationship),
        'Your record': item.ownRecord,
        Given: listOf(
          outcomes.filter(({ given }) => given),
          agencies,
        ),
        'Not given': listOf(
          outcomes.filter(({ given }) => !given),
          agencies,
        ),
        'Entry and policy': `${item.sequence}, ${item.policyVersion.slice(0, 12)}`,
      }}
    />
  );
}

function listOf(outcomes: Item['outcomes'], agencies: PartProps['agencies']): string | null {
  const words = outcomes.map(({ section, agency, state, level, reason }) => {
    const how = [state, level, reason]
      .filter((one) => one !== null)
      .map((one) => nameInWords(one).toLowerCase());
    const whose = agencies[agency.id] ?? nameInWords(agency.id);
    return `${nameInWords(section)} of ${whose}${how.length > 0 ? ` (${how.join(', ')})` : ''}`;
  });
  return words.join('; ') || null;
}
