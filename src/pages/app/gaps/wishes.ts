import { asker } from '../page/ask.ts';
import type { PageCaller } from '../page/caller.ts';
import type { Tokens } from '../page/tokens.ts';

const RECORD_OBJECTION = /* GraphQL */ `mutation RecordObjection($person: ID!, $section: String!, $agency: ID!, $why: String!) {
  recordObjection(person: $person, section: $section, agency: $agency, why: $why) { id answerBy }
}
`;
const REPORT_MISTAKE = /* GraphQL */ `mutation ReportMistake($record: ID!, $section: String!, $field: String!, $why: String!) {
  reportMistake(record: $record, section: $section, field: $field, why: $why) { id answerBy }
}
`;
const RECORD_RELAY = /* GraphQL */ `mutation RecordRelay($person: ID!, $section: String!, $item: String!, $to: String!, $why: String!) {
  recordRelay(person: $person, section: $section, item: $item, to: $to, why: $why) { id }
}
`;

interface Raised {
  /** By when the agency is to answer. */
  answerBy: string;
}

/** Asks the gateway as the caller of the moment; every method throws what it refuses, in its own words. */
export function wishesClient(caller: () => PageCaller, tokens: Tokens) {
  const ask = asker(caller, tokens);
  return {
    /** The person wants a section of one agency's data not to be shared for their care. */
    async object(written: { person: string; section: string; agency: string; why: string }): Promise<Raised> {
      return (await ask<{ recordObjection: Raised }>(RECORD_OBJECTION, written)).recordObjection;
    },
    /** A field of a record is wrong. */
    async report(written: { record: string; section: string; field: string; why: string }): Promise<Raised> {
      return (await ask<{ reportMistake: Raised }>(REPORT_MISTAKE, written)).reportMistake;
    },
    /** One item was passed on by word of mouth. */
    async relay(written: { person: string; section: string; item: string; to: string; why: string }) {
      await ask(RECORD_RELAY, written);
    },
  };
}
export type WishesClient = ReturnType<typeof wishesClient>;
