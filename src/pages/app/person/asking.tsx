import { askedInWords, isStale } from './ages.ts';
import type { Question } from './question.ts';
import { useReader } from './reader.ts';

interface AskingProps {
  /** What is asked, within a sentence: "who is involved". */
  what: string;
  question: Pick<Question<unknown>, 'answer' | 'asking' | 'problem' | 'giveUp'>;
  again: () => void;
}

/** How a question stands while it is under way or has come to nothing: it can be given up, and asked again by hand. */
export function Asking({ what, question: { answer, asking, problem, giveUp }, again }: AskingProps) {
  const { now } = useReader();
  if (asking)
    return (
      <div className="asking">
        <p>
          Asking {answer ? 'again ' : ''}
          {what} …
        </p>
        <button type="button" onClick={giveUp}>
          Give up
        </button>
        {!answer && <Skeleton />}
      </div>
    );
  if (!problem) return null;
  return (
    <div className="failed" role="alert">
      <p>
        <strong>Not answered.</strong> {problem}
        {answer && ` What stands here was asked ${askedInWords(answer.receivedAt, now)}.`}
      </p>
      <button type="button" onClick={again}>
        Ask again
      </button>
    </div>
  );
}

/** Where an answer will stand. It says "asking" in words above it; this is for the eye alone. */
const Skeleton = () => (
  <div className="skeleton" aria-hidden="true">
    <span />
    <span />
    <span />
  </div>
);

/** How long ago something was asked, and the way to ask it again. An old answer says so. */
export function AskedClock({ receivedAt, again }: { receivedAt: number; again?: () => void }) {
  const { now } = useReader();
  const stale = isStale(receivedAt, now);
  return (
    <p className={stale ? 'clock stale' : 'clock'}>
      <span role={stale ? 'alert' : undefined}>
        {stale && 'This answer is old: '}asked {askedInWords(receivedAt, now)}
      </span>
      {again && (
        <button type="button" className="ask-again" onClick={again}>
          Ask again
        </button>
      )}
    </p>
  );
}
