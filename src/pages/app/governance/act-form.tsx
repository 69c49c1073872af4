import { type FormEvent, type ReactNode, useState } from 'react';

interface ActFormProps {
  title: string;
  /** What the button says. */
  does: string;
  /** What is written in the form, by the names of its fields. */
  send: (written: Readonly<Record<string, string>>) => Promise<unknown>;
  onDone: () => void;
  children: ReactNode;
}

/** A form whose sending changes something: what the gateway refuses is said in it, and what was written stays. */
export function ActForm({ title, does, send, onDone, children }: ActFormProps) {
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    setProblem('');
    setSending(true);
    try {
      await send(Object.fromEntries(written));
      onDone();
    } catch (error) {
      setProblem((error as Error).message);
    }
    setSending(false);
  };
  return (
    <form aria-label={title} onSubmit={submit}>
      <h4>{title}</h4>
      {children}
      <p role="alert">{problem}</p>
      <button type="submit" disabled={sending}>
        {does}
      </button>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  /** Value → words. */
  options: Readonly<Record<string, string>>;
}

/** One of several, none of them suggested: a decision is not made by leaving a field as it was. */
export function Choice({ label, name, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} required defaultValue="">
        <option value="" disabled>
          Choose
        </option>
        <Options of={options} />
      </select>
    </label>
  );
}

export const Options = ({ of }: { of: Readonly<Record<string, string>> }) =>
  Object.entries(of).map(([value, words]) => (
    <option key={value} value={value}>
      {words}
    </option>
  ));

/** A few sentences, which must be written. */
export function Words({ label, name }: { label: string; name: string }) {
  return (
    <label>
      {label}
      <textarea name={name} required rows={3} maxLength={2_000} />
    </label>
  );
}
