import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { OidcClient, PagesConfig } from '../../config.ts';
import { nameInWords } from '../gaps/hole-words.ts';
import { useCaller } from './caller.ts';
import { CallerBar, type CallerFields } from './caller-bar.tsx';
import { type Viewer, whoAsks } from './gateway.ts';
import { type MemoryStorage, memoryStorage } from './memory-storage.ts';
import { endSessionUrl, type SignedIn, signIn } from './sign-in.ts';
import { signedInTokens } from './tokens.ts';
import { useIdle } from './use-idle.ts';
import type { Workplace } from './workplace.ts';

const NOBODY = {
  ...{ persona: null, name: null, role: null, organisation: null },
  ...{ purpose: '', reference: '', holesOnly: false },
};

/** What is on the screen: nobody, somebody who has to choose a role, somebody at work, or a page that was locked on them. */
type Standing =
  | { kind: 'nobody' }
  | { kind: 'choosing'; signedIn: SignedIn; roles: readonly string[] }
  | { kind: 'at work'; signedIn: SignedIn; viewer: Viewer }
  | { kind: 'locked'; subject: string | null; why: string };

/** What was typed, and by which login; null where nobody is known to have typed it. */
interface Typed {
  subject: string | null;
  storage: MemoryStorage;
}
interface SignedInPageProps {
  config: PagesConfig;
  client: OidcClient;
  fields: CallerFields;
  /** What stands under the bar while somebody is at work. */
  work: (workplace: Workplace) => ReactNode;
}

const nothingTyped = (): Typed => ({ subject: null, storage: memoryStorage() });

/**
 * Outside the demo, people sign in with their own issuer; even the schema is shown only to them. Nothing of one person
 * is left for the next: what was typed is kept, in memory, for the same login only.
 */
export function SignedInPage({ config, client, fields, work }: SignedInPageProps) {
  const { caller, change, read } = useCaller(NOBODY);
  const [standing, setStanding] = useState<Standing>({ kind: 'nobody' });
  const [problem, setProblem] = useState('');
  const [typed, setTyped] = useState<Typed>(nothingTyped);
  const [folded, foldBar] = useState(false);
  const attempt = useRef<AbortController>(null);
  const lock = useCallback((why: string) => {
    setStanding((now) =>
      now.kind === 'at work' || now.kind === 'choosing'
        ? { kind: 'locked', subject: now.signedIn.subject, why }
        : now,
    );
  }, []);
  const [tokens] = useState(() => signedInTokens(client, lock));
  const clear = () => {
    tokens.keep(null);
    setTyped(nothingTyped());
    change(NOBODY);
  };
  useIdle(config.idleLockMinutes, () => {
    if (standing.kind === 'nobody' || standing.kind === 'locked') return;
    tokens.keep(null);
    lock(`Locked: nobody used this page for ${config.idleLockMinutes} minutes.`);
  });
  const enter = async (signedIn: SignedIn, role: string | null) => {
    // The token of the sign-in may have been renewed since.
    const token = (await tokens.current()) ?? signedIn.accessToken;
    const answer = await whoAsks(token, role);
    if ('roles' in answer) return setStanding({ kind: 'choosing', signedIn, roles: answer.roles });
    const { viewer } = answer;
    const { subject } = signedIn;
    const same = subject !== null && subject === typed.subject;
    if (standing.kind !== 'at work')
      setTyped({ subject, storage: same ? typed.storage.copy() : memoryStorage() });
    const mayAssert = config.purposesOf[viewer.role] ?? [];
    change({
      persona: `${signedIn.subject ?? ''} ${viewer.role}`,
      name: viewer.name,
      role: viewer.role,
      organisation: viewer.organisation,
      ...(!same && { reference: '' }),
      ...((!same || !mayAssert.includes(read().purpose)) && { purpose: '' }),
    });
    setStanding({ kind: 'at work', signedIn, viewer });
  };
  const attempted = async (work: () => Promise<void>) => {
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const start = () =>
    attempted(async () => {
      attempt.current?.abort();
      const controller = new AbortController();
      attempt.current = controller;
      const signedIn = await signIn(client, controller.signal).catch((error) => {
        if (controller.signal.aborted) return null;
        throw error;
      });
      if (signedIn === null) return;
      tokens.keep(signedIn);
      await enter(signedIn, null);
    });
  const signOut = () =>
    attempted(async () => {
      setStanding({ kind: 'nobody' });
      clear();
      // Signing out here works even while the issuer is away.
      const url = await endSessionUrl(client).catch(() => null);
      if (url !== null) location.assign(url);
      else
        setProblem(
          'You are signed out here. Your organisation’s sign-in page may still know you: sign out there too.',
        );
    });

  const { kind } = standing;
  return (
    <>
      <CallerBar
        fields={fields}
        caller={kind === 'at work' ? caller : NOBODY}
        onChange={change}
        purposes={kind === 'at work' ? (config.purposesOf[standing.viewer.role] ?? []) : []}
        agencies={config.agencies}
        personas={[]}
        onPersona={() => {}}
        folded={folded && kind === 'at work'}
        onUnfold={() => foldBar(false)}
      >
        {kind === 'at work' && <WhoAsks viewer={standing.viewer} agencies={config.agencies} />}
        {(kind === 'choosing' || (kind === 'at work' && standing.viewer.roles.length > 1)) && (
          <RoleSelect
            roles={kind === 'choosing' ? standing.roles : standing.viewer.roles}
            chosen={kind === 'choosing' ? null : standing.viewer.role}
            onChoose={(role) => attempted(() => enter(standing.signedIn, role))}
          />
        )}
        {kind === 'at work' || kind === 'choosing' ? (
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        ) : (
          <button type="button" onClick={start}>
            {kind === 'nobody' ? 'Sign in' : 'Sign in again'}
          </button>
        )}
        <span role="alert">{problem || (kind === 'locked' && standing.why)}</span>
      </CallerBar>
      {kind === 'at work' ? (
        work({
          config,
          storage: typed.storage,
          asking: caller,
          caller: read,
          tokens,
          onPersona: () => {},
          foldBar,
        })
      ) : (
        <main className="notice">{NOTICES[kind]}</main>
      )}
    </>
  );
}

const NOTICES: Readonly<Record<Exclude<Standing['kind'], 'at work'>, string>> = {
  nobody: 'Sign in with your organisation to ask anything.',
  choosing: 'Choose the role in which you ask.',
  locked: 'Sign in again. What you had typed is kept for you alone.',
};

function WhoAsks({ viewer, agencies }: { viewer: Viewer; agencies: PagesConfig['agencies'] }) {
  const { name, role, organisation, site } = viewer;
  const where = [agencies[organisation] ?? nameInWords(organisation), site].filter(Boolean).join(', ');
  return (
    <span className="who">
      <strong>{name}</strong> {nameInWords(role)}, {where}
    </span>
  );
}

interface RoleSelectProps {
  roles: readonly string[];
  chosen: string | null;
  onChoose: (role: string) => void;
}

function RoleSelect({ roles, chosen, onChoose }: RoleSelectProps) {
  return (
    <label>
      Role
      <select value={chosen ?? ''} onChange={({ target }) => onChoose(target.value)}>
        {chosen === null && <option value="">choose</option>}
        {roles.map((role) => (
          <option key={role} value={role}>
            {nameInWords(role)}
          </option>
        ))}
      </select>
    </label>
  );
}
