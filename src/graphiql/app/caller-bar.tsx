import type { ReactNode } from 'react';
import type { DemoPersona } from '../config.ts';
import type { Caller } from './caller.ts';
import { inWords } from './hole-words.ts';
import { PurposeSelect } from './purpose-select.tsx';

interface CallerBarProps {
  caller: Caller;
  onChange: (change: Partial<Caller>) => void;
  purposes: readonly string[];
  agencies: Readonly<Record<string, string>>;
  /** Empty outside the demo. */
  personas: readonly DemoPersona[];
  onPersona: (persona: string) => void;
  /** Signing in and out; nothing in the demo. */
  children?: ReactNode;
}

/** On top of the page: who asks, for which purpose, on which case. */
export function CallerBar({
  caller,
  onChange,
  purposes,
  agencies,
  personas,
  onPersona,
  children,
}: CallerBarProps) {
  const persona = personas.find((each) => each.persona === caller.persona);
  return (
    <header className="caller">
      <h1>Sightline</h1>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame round the bar */}
      <div className="caller-fields" role="group" aria-label="Who is asking">
        {personas.length > 0 && (
          <label>
            Persona
            <select value={caller.persona ?? ''} onChange={({ target }) => onPersona(target.value)}>
              {personas.map(({ persona: id, name, role }) => (
                <option key={id} value={id}>{`${name}, ${inWords(role).toLowerCase()}`}</option>
              ))}
            </select>
          </label>
        )}
        <PurposeSelect
          value={caller.purpose}
          permitted={persona?.purposes ?? []}
          known={purposes}
          onChange={(purpose) => onChange({ purpose })}
        />
        <label>
          Reference
          <input
            value={caller.reference}
            onChange={({ target }) => onChange({ reference: target.value })}
            list="references"
            placeholder="agency:number"
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        <datalist id="references">
          {persona?.references.map(({ reference, description }) => (
            <option key={reference} value={reference}>
              {description}
            </option>
          ))}
        </datalist>
        <label className="tick" title="Sharing-Errors: holes">
          <input
            type="checkbox"
            checked={caller.holesOnly}
            onChange={({ target }) => onChange({ holesOnly: target.checked })}
          />
          List gaps without errors
        </label>
        {children}
      </div>
      {persona && (
        <p>{`${agencies[persona.organisation] ?? inWords(persona.organisation)}. ${persona.description}`}</p>
      )}
    </header>
  );
}
