import { asker } from '../page/ask.ts';
import type { PageCaller } from '../page/caller.ts';
import type { Tokens } from '../page/tokens.ts';
import type { Askable } from './openable.ts';

/** What an agency was asked to decide, and how it stands. */
export interface AskedRequest extends Askable {
  id: string;
  state: 'WAITING' | 'PERMITTED' | 'NOT_GIVEN' | 'USED';
  reason: string | null;
  answerBy: string;
}

type Standing = Pick<AskedRequest, 'id' | 'state' | 'reason' | 'answerBy'>;

/** Asks the gateway as the caller of the moment; every method throws what it refuses, in its own words. */
export function requestClient(caller: () => PageCaller, tokens: Tokens) {
  const ask = asker(caller, tokens);
  return {
    async ask(askable: Askable, why: string): Promise<AskedRequest> {
      const { person, section, agency } = askable;
      const { requestDisclosure } = await ask<{ requestDisclosure: Standing }>(
        /* GraphQL */ `mutation ($person: ID!, $section: String!, $agency: ID!, $why: String!) {
          requestDisclosure(person: $person, section: $section, agency: $agency, why: $why) { id state reason answerBy }
        }`,
        { person, section, agency, why },
      );
      return { ...askable, ...requestDisclosure };
    },
    /** These as they stand now. */
    async again(asked: readonly AskedRequest[]): Promise<readonly AskedRequest[]> {
      const { disclosureRequests } = await ask<{ disclosureRequests: { items: readonly Standing[] } }>(
        /* GraphQL */ `{ disclosureRequests { items { id state reason answerBy } } }`,
      );
      return asked.map((one) => ({ ...one, ...disclosureRequests.items.find(({ id }) => id === one.id) }));
    },
  };
}
export type RequestClient = ReturnType<typeof requestClient>;
