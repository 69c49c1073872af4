import { useCallback, useEffect, useRef, useState } from 'react';
import { createClient } from '../../../client/ask.ts';
import type { Hole } from '../../../client/hole.ts';
import { NotAnswered } from '../../../client/not-answered.ts';
import { notAnsweredInWords } from '../../../client/words.ts';
import type { PageCaller } from '../page/caller.ts';
import { graphqlUrl } from '../page/gateway.ts';
import type { Tokens } from '../page/tokens.ts';

/** What came, what did not, and when. */
export interface Answer<Data> {
  data: Data;
  holes: readonly Hole[];
  /** Milliseconds of this device's clock. */
  receivedAt: number;
}

/** Asks one of the page's documents as the caller of the moment. Throws what the gateway refuses, in words for people. */
export type Ask = <Data>(document: string, variables: object, signal?: AbortSignal) => Promise<Answer<Data>>;

export function askerFor(caller: () => PageCaller, tokens: Tokens): Ask {
  const client = createClient({
    url: graphqlUrl(),
    token: (refused) => (refused ? tokens.renew(refused.message) : tokens.current()),
    purpose: () => caller().purpose,
    reference: () => caller().reference,
    role: () => caller().role,
  });
  return async <Data>(document: string, variables: object, signal?: AbortSignal): Promise<Answer<Data>> => {
    try {
      const { data, holes, receivedAt } = await client.ask<Data, object>(
        document,
        variables,
        signal ? { signal } : {},
      );
      // The page's own parts look at each section's state before they draw it.
      return { data: data as Data, holes, receivedAt: receivedAt.getTime() };
    } catch (error) {
      throw error instanceof NotAnswered ? new Error(notAnsweredInWords(error), { cause: error }) : error;
    }
  };
}

/** How a question stands. */
export interface Question<Data> {
  /** What was answered last; it stays while the same is asked again, and is as old as it says. */
  answer: Answer<Data> | null;
  asking: boolean;
  /** Why the last time brought nothing; empty where it brought something. */
  problem: string;
  /** Asks, in the place of what is under way. */
  ask: (variables: object) => void;
  /** Takes back what is under way. */
  giveUp: () => void;
}

const NOTHING = { answer: null, asking: false, problem: '' };

/** One of the page's questions: it is asked when somebody wants to know, can be given up, and ends with what asked it. */
export function useQuestion<Data>(ask: Ask, document: string): Question<Data> {
  const [standing, setStanding] = useState<Omit<Question<Data>, 'ask' | 'giveUp'>>(NOTHING);
  const underWay = useRef<AbortController>(null);
  useEffect(() => () => underWay.current?.abort(), []);
  const start = useCallback(
    (variables: object) => {
      underWay.current?.abort();
      const own = new AbortController();
      underWay.current = own;
      setStanding((now) => ({ ...now, asking: true, problem: '' }));
      const unlessOver = (next: { answer?: Answer<Data>; problem: string }) => {
        if (!own.signal.aborted) setStanding((now) => ({ ...now, asking: false, ...next }));
      };
      ask<Data>(document, variables, own.signal).then(
        (answer) => unlessOver({ answer, problem: '' }),
        (error: Error) => unlessOver({ problem: error.message }),
      );
    },
    [ask, document],
  );
  const giveUp = useCallback(() => {
    underWay.current?.abort();
    setStanding((now) => ({ ...now, asking: false, problem: 'You gave up asking. Nothing was answered.' }));
  }, []);
  return { ...standing, ask: start, giveUp };
}
