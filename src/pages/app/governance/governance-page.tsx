import { type ReactNode, useEffect, useState } from 'react';
import { type Ask, asker } from '../page/ask.ts';
import type { Workplace } from '../page/workplace.ts';
import { AgreementsTab } from './agreements-tab.tsx';
import { BarriersTab } from './barriers-tab.tsx';
import { BreakGlassTab } from './break-glass-tab.tsx';
import { ProofTab } from './proof-tab.tsx';
import { RegisterTab } from './register-tab.tsx';
import { RequestsTab } from './requests-tab.tsx';
import { SharedTab } from './shared-tab.tsx';
import { WishesTab } from './wishes-tab.tsx';

/** What every part of the page is given. */
export interface PartProps {
  ask: Ask;
  role: string;
  /** The organisation of whoever is at work, as an agency's id. */
  organisation: string;
  /** Agency id → its name. */
  agencies: Readonly<Record<string, string>>;
  /** Role id → the purposes that it may assert. */
  purposesOf: Readonly<Record<string, readonly string[]>>;
}

interface Part {
  id: string;
  name: string;
  roles: readonly string[];
  show: (props: PartProps) => ReactNode;
}

const OFFICERS = ['governance-officer'];

/** In the order in which an officer's morning goes: what waits, then what is shared and what became of it. */
const PARTS: readonly Part[] = [
  { id: 'break-glass', name: 'Break-glass', roles: OFFICERS, show: (props) => <BreakGlassTab {...props} /> },
  { id: 'requests', name: 'Requests', roles: OFFICERS, show: (props) => <RequestsTab {...props} /> },
  {
    id: 'wishes',
    name: 'Objections, mistakes, consents',
    roles: OFFICERS,
    show: (props) => <WishesTab {...props} />,
  },
  { id: 'shared', name: 'What is shared', roles: OFFICERS, show: (props) => <SharedTab {...props} /> },
  { id: 'agreements', name: 'Agreements', roles: OFFICERS, show: (props) => <AgreementsTab {...props} /> },
  { id: 'register', name: 'Who looked', roles: OFFICERS, show: (props) => <RegisterTab {...props} /> },
  {
    id: 'barriers',
    name: 'Barriers',
    roles: [...OFFICERS, 'analyst'],
    show: (props) => <BarriersTab {...props} />,
  },
  { id: 'proof', name: 'Proof', roles: OFFICERS, show: (props) => <ProofTab {...props} /> },
];

interface Viewer {
  role: string;
  organisation: string;
}

/** Governance: what is shared and why, what waits for a decision, who looked, and the proof of it. */
export function GovernancePage({ config, asking, caller, tokens }: Workplace) {
  const [ask] = useState(() =>
    asker(() => {
      const now = caller();
      // A governance officer asks for governance: a role that may assert one purpose alone need not be asked which.
      const [only, ...others] = config.purposesOf[now.role ?? ''] ?? [];
      return { ...now, reference: '', purpose: others.length === 0 ? (only ?? '') : now.purpose };
    }, tokens),
  );
  const [viewer, setViewer] = useState<Viewer | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    ask<{ viewer: Viewer }>(/* GraphQL */ `{ viewer { role organisation } }`).then(
      (data) => setViewer(data.viewer),
      (error: Error) => setProblem(error.message),
    );
  }, [ask]);
  const [chosen, choose] = usePart();
  if (problem) return <main className="notice" role="alert">{`You cannot be let in: ${problem}`}</main>;
  if (!viewer) return <main className="notice">One moment …</main>;
  const parts = PARTS.filter(({ roles }) => roles.includes(viewer.role));
  const part = parts.find(({ id }) => id === chosen) ?? parts[0];
  if (!part)
    return (
      <main className="notice">
        This page is for governance officers and analysts. {asking.name ?? 'You'} ask as somebody else.
      </main>
    );
  return (
    <div className="governance">
      <nav aria-label="Governance">
        {parts.map(({ id, name }) => (
          <a
            key={id}
            href={`#${id}`}
            aria-current={id === part.id ? 'page' : undefined}
            onClick={() => choose(id)}
          >
            {name}
          </a>
        ))}
      </nav>
      <main>
        <h2>{part.name}</h2>
        {part.show({
          ask,
          role: viewer.role,
          organisation: viewer.organisation,
          agencies: config.agencies,
          purposesOf: config.purposesOf,
        })}
      </main>
    </div>
  );
}

/** Which part is shown stands in the address, so that it can be kept and sent. */
function usePart(): [string, (part: string) => void] {
  const [part, setPart] = useState(partInAddress);
  useEffect(() => {
    const follow = () => setPart(partInAddress());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [part, setPart];
}

const partInAddress = () => location.hash.slice(1);
