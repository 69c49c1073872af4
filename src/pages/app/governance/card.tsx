import { type ReactNode, useId } from 'react';

interface CardProps {
  title: string;
  /** In one or two words; null where there is nothing to say. */
  state: string | null;
  /** True where somebody has to do something. */
  waits?: boolean;
  /** What is known of it, term by term; what is not known is left out. */
  facts: Readonly<Record<string, string | null>>;
  /** What can be done about it. */
  children?: ReactNode;
}

/** One thing that was done or waits, with what is known of it. */
export function Card({ title, state, waits = false, facts, children }: CardProps) {
  const id = useId();
  return (
    <li>
      <article aria-labelledby={id}>
        <h3 id={id}>
          {title}
          {state !== null && <span className={waits ? 'state waits' : 'state'}>{state}</span>}
        </h3>
        <Facts of={facts} />
        {children}
      </article>
    </li>
  );
}

/** Term by term; what is not known is left out. */
export function Facts({ of }: { of: CardProps['facts'] }) {
  return (
    <dl>
      {Object.entries(of)
        .filter(([, is]) => is !== null)
        .map(([term, is]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{is}</dd>
          </div>
        ))}
    </dl>
  );
}
