import { useEffect, useState } from 'react';
import { ActDialog } from './act-dialog.tsx';
import type { GlassClient, GlassOffer, OpenGlass } from './break-glass.ts';
import { nameInWords } from './hole-words.ts';
import type { Openable } from './openable.ts';

const GROUNDS: Readonly<Record<string, string>> = {
  RISK_TO_SELF: 'Serious risk to the person themselves',
  RISK_TO_CHILD: 'Serious risk to a child',
  RISK_TO_OTHERS: 'Serious risk to somebody else',
  LACKS_CAPACITY: 'The person cannot decide, and is at serious risk',
};
const VIEWS: Readonly<Record<string, string>> = {
  AGREES: 'Agrees',
  OBJECTS: 'Objects',
  UNABLE: 'Cannot say',
  UNSAFE_TO_ASK: 'It is not safe to ask',
};

interface BreakGlassPanelProps {
  openable: readonly Openable[];
  client: GlassClient;
  /** Something was opened or ended: what is shown is to be asked again. */
  onChanged: () => void;
}

/** What of the answer can be opened in an emergency, and what is open, until when. */
export function BreakGlassPanel({ openable, client, onChanged }: BreakGlassPanelProps) {
  const [offers, setOffers] = useState<readonly GlassOffer[]>([]);
  const [open, setOpen] = useState<readonly OpenGlass[]>([]);
  const [asked, setAsked] = useState<{ openable: Openable; offer: GlassOffer } | null>(null);
  const [problem, setProblem] = useState('');
  const now = useClock(open.length > 0);
  const still = open.filter(({ endsAt }) => Date.parse(endsAt) > now);
  const wanted = openable.length > 0;
  useEffect(() => {
    if (!wanted) return;
    // What cannot be asked now offers nothing; the gap itself says whom to call.
    client.offers().then(setOffers, () => setOffers([]));
  }, [wanted, client]);
  const end = async (glass: OpenGlass) => {
    setProblem('');
    try {
      await client.end(glass);
      setOpen((all) => all.filter(({ id }) => id !== glass.id));
      onChanged();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const actions = openable.flatMap((one) => {
    const offer = offers.find(({ section }) => section === one.section);
    return offer ? [{ openable: one, offer }] : [];
  });
  return (
    <>
      {(actions.length > 0 || still.length > 0 || problem) && (
        <ul className="glass" aria-label="Break-glass">
          {still.map((glass) => (
            <li key={glass.id}>
              {fieldsInWords(glass.fields.map((field) => field.slice(field.indexOf('.') + 1)))}
              {glass.name && ` of ${glass.name}`}: open for{' '}
              <span role="timer">{minutesTo(glass.endsAt, now)}</span> more.{' '}
              <button type="button" className="graphiql-un-styled" onClick={() => end(glass)}>
                End now
              </button>
            </li>
          ))}
          {actions.map((action) => (
            <li key={`${action.openable.person} ${action.openable.section}`}>
              <button type="button" className="graphiql-un-styled" onClick={() => setAsked(action)}>
                Open {fieldsInWords(action.offer.fields).toLowerCase()}
                {action.openable.name && ` of ${action.openable.name}`} for 30 minutes …
              </button>
            </li>
          ))}
          {problem && <li role="alert">{problem}</li>}
        </ul>
      )}
      {asked && (
        <AccountDialog
          {...asked}
          client={client}
          onOpened={(glass) => {
            setOpen((all) => [...all, glass]);
            setAsked(null);
            onChanged();
          }}
          onCancel={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface AccountDialogProps {
  openable: Openable;
  offer: GlassOffer;
  client: GlassClient;
  onOpened: (glass: OpenGlass) => void;
  onCancel: () => void;
}

/** Why it is needed now: asked before anything is opened. */
function AccountDialog({ openable, offer, client, onOpened, onCancel }: AccountDialogProps) {
  const fields = fieldsInWords(offer.fields).toLowerCase();
  return (
    <ActDialog
      title={`Open ${fields}${openable.name ? ` of ${openable.name}` : ''}`}
      does="Open for 30 minutes"
      onCancel={onCancel}
      send={async ({ ground = '', personsView = '', statement = '' }) =>
        onOpened(await client.open(openable, { ground, personsView, statement }))
      }
    >
      <p>
        For 30 minutes, for you alone, on this case. The agencies and your own organisation are told now, and
        somebody there reviews it.
      </p>
      <label>
        Why it is needed
        <select name="ground" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          {offer.grounds.map((ground) => (
            <option key={ground} value={ground}>
              {GROUNDS[ground] ?? nameInWords(ground)}
            </option>
          ))}
        </select>
      </label>
      <label>
        What the person says to it
        <select name="personsView" required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          {Object.entries(VIEWS).map(([view, words]) => (
            <option key={view} value={view}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        What is happening, for whoever reviews it
        <textarea name="statement" required minLength={8} maxLength={2_000} rows={4} />
      </label>
    </ActDialog>
  );
}

/** `['medication', 'allergies']` → "Medication and allergies". */
function fieldsInWords(fields: readonly string[]): string {
  const words = fields.map((field) => nameInWords(field).toLowerCase());
  const list = new Intl.ListFormat('en-GB').format(words);
  return `${list.slice(0, 1).toUpperCase()}${list.slice(1)}`;
}

/** Minutes and seconds until a time, as `29:58`. */
function minutesTo(time: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(time) - now) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The time, each second while something runs out. */
function useClock(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
