import { type ReactNode, useState } from 'react';
import type { Ask } from '../page/ask.ts';
import { Options } from './act-form.tsx';
import { type Answered, useAnswer } from './use-answer.ts';

interface ListProps<Item> {
  ask: Ask;
  /** Takes `$state` where there are states, and `$after`; its one field gives `items` and `next`. */
  query: string;
  /** State → words, of those that can be looked at alone. */
  states?: Readonly<Record<string, string>>;
  variables?: object;
  none: string;
  show: (item: Item, again: () => void) => ReactNode;
}
interface Page<Item> {
  items: readonly Item[];
  next: string | null;
}

/** A list that comes in pages, with the states it can be narrowed to. */
export function PagedList<Item>({ ask, query, states, variables = {}, none, show }: ListProps<Item>) {
  const [state, setState] = useState('');
  const [before, setBefore] = useState<readonly (string | null)[]>([null]);
  const answered: Answered<Record<string, Page<Item>>> = useAnswer(ask, query, {
    ...variables,
    ...(states && { state: state || null }),
    after: before.at(-1),
  });
  const [page] = Object.values(answered.data ?? {});
  return (
    <>
      <div className="filters">
        {states && (
          <label>
            Show
            <select
              value={state}
              onChange={({ target }) => {
                setBefore([null]);
                setState(target.value);
              }}
            >
              <option value="">All</option>
              <Options of={states} />
            </select>
          </label>
        )}
        <button type="button" onClick={answered.again}>
          Look again
        </button>
      </div>
      <p role="alert">{answered.problem}</p>
      {page?.items.length === 0 && <p>{none}</p>}
      <ul className="cards">{page?.items.map((item) => show(item, answered.again))}</ul>
      {before.length > 1 && (
        <button type="button" onClick={() => setBefore(before.slice(0, -1))}>
          Back
        </button>
      )}
      {page?.next && (
        <button type="button" onClick={() => setBefore([...before, page.next])}>
          More
        </button>
      )}
    </>
  );
}
