import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface ActDialogProps {
  title: string;
  /** What the button says. */
  does: string;
  /** What is written, by the names of the fields; throws what is refused, and what was written stays. */
  send: (written: Readonly<Record<string, string>>) => Promise<void>;
  onCancel: () => void;
  children: ReactNode;
}

/** A form over the page for something that is written down: what the gateway refuses is said in it. */
export function ActDialog({ title, does, send, onCancel, children }: ActDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    setProblem('');
    setSending(true);
    try {
      await send(Object.fromEntries(written));
    } catch (error) {
      setProblem((error as Error).message);
      setSending(false);
    }
  };
  return (
    <dialog ref={dialog} className="glass-dialog" aria-labelledby={id} onClose={onCancel}>
      <form onSubmit={submit}>
        <h2 id={id}>{title}</h2>
        {children}
        <p role="alert">{problem}</p>
        <div>
          <button type="submit" disabled={sending}>
            {does}
          </button>
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
