import { useRef, useState } from 'react';
import type { GraphiqlConfig, OidcClient } from '../config.ts';
import { CallerBar } from './caller-bar.tsx';
import { signIn } from './sign-in.ts';
import { signedInTokens } from './tokens.ts';
import { useCaller } from './use-caller.ts';
import { Workbench } from './workbench.tsx';

const NOBODY = { persona: null, name: null, purpose: '', reference: '', holesOnly: false };

/** Outside the demo: people sign in with their own issuer. The schema, too, is only for those who did. */
export function SignedInPage({ config, client }: { config: GraphiqlConfig; client: OidcClient }) {
  const { caller, change, read } = useCaller(NOBODY);
  const [standing, setStanding] = useState<'new' | 'signed in' | 'ended'>('new');
  const [problem, setProblem] = useState('');
  const [tokens] = useState(() => signedInTokens(() => setStanding('ended')));
  const attempt = useRef<AbortController>(null);
  const start = async () => {
    attempt.current?.abort();
    const controller = new AbortController();
    attempt.current = controller;
    setProblem('');
    try {
      tokens.hold(await signIn(client, controller.signal));
      setStanding('signed in');
    } catch (error) {
      if (!controller.signal.aborted) setProblem((error as Error).message);
    }
  };
  return (
    <>
      <CallerBar
        caller={caller}
        onChange={change}
        purposes={config.purposes}
        agencies={config.agencies}
        personas={[]}
        onPersona={() => {}}
      >
        {standing === 'signed in' ? (
          <span>Signed in</span>
        ) : (
          <button type="button" onClick={start}>
            {standing === 'new' ? 'Sign in' : 'Sign in again'}
          </button>
        )}
        <span role="alert">{problem || (standing === 'ended' && 'Your sign-in has ended.')}</span>
      </CallerBar>
      {standing === 'new' ? (
        <main className="notice">Sign in with your organisation to ask anything.</main>
      ) : (
        <Workbench config={config} caller={read} tokens={tokens} onPersona={() => {}} />
      )}
    </>
  );
}
