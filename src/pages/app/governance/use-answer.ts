import { useCallback, useEffect, useState } from 'react';
import type { Ask } from '../page/ask.ts';

/** What is known of a question: its answer, what the gateway refused, or neither yet. */
export interface Answered<Data> {
  data: Data | null;
  problem: string;
  /** When the answer came, ISO 8601; empty while there is none. */
  answeredAt: string;
  /** Asks the same again, and leaves what is shown until the answer is there. */
  again: () => void;
}

/** The answer to a query of the page's own, asked anew when its variables are others. An answer that comes late is left. */
export function useAnswer<Data>(ask: Ask, query: string, variables: object = {}): Answered<Data> {
  const [times, setTimes] = useState(0);
  const asked = JSON.stringify(variables);
  const [answer, setAnswer] = useState({ asked, data: null as Data | null, problem: '', answeredAt: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` is what asks again
  useEffect(() => {
    let wanted = true;
    ask<Data>(query, JSON.parse(asked)).then(
      (data) => wanted && setAnswer({ asked, data, problem: '', answeredAt: new Date().toISOString() }),
      (error: Error) => wanted && setAnswer({ asked, data: null, problem: error.message, answeredAt: '' }),
    );
    return () => {
      wanted = false;
    };
  }, [ask, query, asked, times]);
  const again = useCallback(() => setTimes((now) => now + 1), []);
  // What was asked of something else must not stand under this.
  const known = answer.asked === asked ? answer : { data: null, problem: '', answeredAt: '' };
  const { data, problem, answeredAt } = known;
  return { data, problem, answeredAt, again };
}
