import { asker } from '../page/ask.ts';
import type { PageCaller } from '../page/caller.ts';
import type { Tokens } from '../page/tokens.ts';

const RECORD_CONSENT = /* GraphQL */ `mutation RecordConsent($person: ID!, $purpose: String!, $to: ID!, $evidence: String!, $until: Date) {
  recordConsent(person: $person, purpose: $purpose, to: $to, evidence: $evidence, until: $until) {
    id
    confirmed
    confirmBy
  }
}
`;

/** What a person agreed to, as whoever asked them writes it down. */
export interface WrittenConsent {
  person: string;
  purpose: string;
  /** The authority that they chose, by its agency's id. */
  to: string;
  evidence: string;
  /** The last day on which it holds; null until it is withdrawn. */
  until: string | null;
}

export interface RecordedConsent {
  id: string;
  /** Whether it opens anything already. */
  confirmed: boolean;
  /** By when an agency is to confirm it, where one is to. */
  confirmBy: string;
}

/** Asks the gateway as the caller of the moment; throws what it refuses, in its own words. */
export function consentClient(caller: () => PageCaller, tokens: Tokens) {
  const ask = asker(caller, tokens);
  return {
    async record(written: WrittenConsent): Promise<RecordedConsent> {
      const { recordConsent } = await ask<{ recordConsent: RecordedConsent }>(RECORD_CONSENT, written);
      return recordConsent;
    },
  };
}
export type ConsentClient = ReturnType<typeof consentClient>;
