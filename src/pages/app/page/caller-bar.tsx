import type { ReactNode } from 'react';
import type { DemoPersona } from '../../config.ts';
import { nameInWords } from '../gaps/hole-words.ts';
import type { PageCaller } from './caller.ts';

/**
 * What the bar asks besides who it is: nothing more; purpose and case as well, all there are, to try what is refused; or
 * those that somebody at work may choose from, put away once they are at work.
 */
export type CallerFields = 'who' | 'who, why and on what' | 'a person';

interface CallerBarProps {
  fields: CallerFields;
  /** Purpose and reference are asked of somebody alone, and shown to nobody else. */
  caller: PageCaller;
  onChange: (change: Partial<PageCaller>) => void;
  purposes: readonly string[];
  agencies: Readonly<Record<string, string>>;
  /** Empty outside the demo. */
  personas: readonly DemoPersona[];
  onPersona: (persona: string) => void;
  /** Put away, but for who asks, why and on what. */
  folded?: boolean;
  onUnfold?: () => void;
  /** Signing in and out; nothing in the demo. */
  children?: ReactNode;
}

/** On top of the page: who asks, for which purpose, on which case. */
export function CallerBar({
  fields,
  caller,
  onChange,
  purposes,
  agencies,
  personas,
  onPersona,
  folded = false,
  onUnfold,
  children,
}: CallerBarProps) {
  const persona = personas.find((each) => each.persona === caller.persona);
  const isSuggested = persona?.references.some(({ reference }) => reference === caller.reference) ?? false;
  return (
    <header className={folded ? 'caller folded' : 'caller'}>
      <h1>Sightline</h1>
      {folded && (
        <div className="folded-caller">
          <p>
            {persona && <strong>{caller.name}</strong>} {nameInWords(caller.purpose)}, {caller.reference}
          </p>
          <button type="button" onClick={onUnfold}>
            Change
          </button>
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame round the bar */}
      <div className="caller-fields" role="group" aria-label="Who is asking">
        {personas.length > 0 && (
          <label>
            Persona
            <select value={caller.persona ?? ''} onChange={({ target }) => onPersona(target.value)}>
              {personas.map(({ persona: id, name, role }) => (
                <option key={id} value={id}>{`${name}, ${nameInWords(role).toLowerCase()}`}</option>
              ))}
            </select>
          </label>
        )}
        {caller.persona !== null && fields !== 'who' && (
          <>
            <PurposeSelect
              value={caller.purpose}
              permitted={persona?.purposes ?? []}
              known={fields === 'a person' && persona ? [] : purposes}
              inWords={fields === 'a person'}
              onChange={(purpose) => onChange({ purpose })}
            />
            {persona && persona.references.length > 0 && (
              <label>
                Case or incident
                <select
                  value={isSuggested ? caller.reference : ''}
                  onChange={({ target }) => onChange({ reference: target.value })}
                >
                  {persona.references.map(({ reference, description }) => (
                    <option key={reference} value={reference}>{`${description} (${reference})`}</option>
                  ))}
                  <option value="">another</option>
                </select>
              </label>
            )}
            {!(fields === 'a person' && isSuggested) && (
              <label>
                Reference
                <input
                  value={caller.reference}
                  onChange={({ target }) => onChange({ reference: target.value })}
                  placeholder="agency:number"
                  autoComplete="off"
                  spellCheck={false}
                />
              </label>
            )}
            {fields === 'who, why and on what' && (
              <label className="tick" title="Sharing-Errors: holes">
                <input
                  type="checkbox"
                  checked={caller.holesOnly}
                  onChange={({ target }) => onChange({ holesOnly: target.checked })}
                />
                List gaps without errors
              </label>
            )}
          </>
        )}
        {children}
      </div>
      {persona && (
        <p>{`${agencies[persona.organisation] ?? nameInWords(persona.organisation)}. ${persona.description}`}</p>
      )}
    </header>
  );
}

interface PurposeSelectProps {
  value: string;
  /** What the persona's role may assert; empty where only the token knows. */
  permitted: readonly string[];
  known: readonly string[];
  /** For somebody who never writes them. */
  inWords: boolean;
  onChange: (purpose: string) => void;
}

/** Every purpose may be tried, also one that will be refused: that is how a policy is understood. */
function PurposeSelect({ value, permitted, known, inWords, onChange }: PurposeSelectProps) {
  const others = known.filter((purpose) => !permitted.includes(purpose));
  return (
    <label>
      Purpose
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">none</option>
        {permitted.length === 0 ? (
          <Purposes of={others} inWords={inWords} />
        ) : (
          <>
            <optgroup label="This role may assert">
              <Purposes of={permitted} inWords={inWords} />
            </optgroup>
            {others.length > 0 && (
              <optgroup label="Others">
                <Purposes of={others} inWords={inWords} />
              </optgroup>
            )}
          </>
        )}
      </select>
    </label>
  );
}

function Purposes({ of, inWords }: { of: readonly string[]; inWords: boolean }) {
  return of.map((purpose) => (
    <option key={purpose} value={purpose}>
      {inWords ? nameInWords(purpose) : purpose}
    </option>
  ));
}
