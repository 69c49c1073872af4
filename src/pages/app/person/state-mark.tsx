import { markOf } from './marks.ts';

/** A state: its sign and its word. */
export function StateMark({ state, subject = false }: { state: string; subject?: boolean }) {
  const { word, wordForSubject, sign } = markOf(state);
  return (
    <span className="mark" data-state={state}>
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <path d={sign.lines} />
        {sign.filled && <path d={sign.filled} className="filled" />}
      </svg>
      {subject && wordForSubject ? wordForSubject : word}
    </span>
  );
}
