import type { DemoToken, OidcClient } from '../../config.ts';
import { refresh, type SignedIn } from './sign-in.ts';

/** Where the access token of a query comes from. Tokens live in memory alone. */
export interface Tokens {
  /** The token in use; null while nobody has signed in. */
  current(): Promise<string | null>;
  /** Called when the gateway refused the token, with its reason: a new one, or null if only a person can get it. */
  renew(why: string): Promise<string | null>;
}

/**
 * Tokens of the demo's personas: one is fetched when a persona is chosen, and again when it has run out.
 * `onProblem` is told why there is none, and null once there is one.
 */
export function demoTokens(
  fetchToken: (persona: string) => Promise<DemoToken>,
  onProblem: (problem: Error | null) => void,
) {
  let persona: string | null = null;
  let held: Promise<DemoToken> | null = null;
  const hold = () => {
    if (persona === null) return null;
    held = fetchToken(persona);
    held.then(() => onProblem(null), onProblem);
    return held;
  };
  const tokenOf = async (pending: Promise<DemoToken> | null) => (await pending)?.access_token ?? null;
  return {
    choose(chosen: string) {
      persona = chosen;
      return hold();
    },
    current: () => tokenOf(held),
    renew: () => tokenOf(hold()),
  };
}

/**
 * The tokens of whoever signed in. A refused one is renewed by the refresh token, once for all queries that wait for it;
 * where that is not to be had they are dropped, and `onEnded` is told why.
 */
export function signedInTokens(client: OidcClient, onEnded: (why: string) => void) {
  let signedIn: SignedIn | null = null;
  let renewal: Promise<string | null> | null = null;
  async function renewed(refused: SignedIn, why: string): Promise<string | null> {
    let [next, reason] = [null as SignedIn | null, why];
    try {
      next = await refresh(client, refused);
    } catch (error) {
      reason = `${why} ${(error as Error).message}`;
    }
    // Somebody who signed in or out meanwhile must not be replaced.
    if (signedIn !== refused) return signedIn?.accessToken ?? null;
    signedIn = next;
    if (next === null) onEnded(`Your sign-in has ended. ${reason}`);
    return next?.accessToken ?? null;
  }
  return {
    keep(next: SignedIn | null) {
      signedIn = next;
      renewal = null;
    },
    current: async () => signedIn?.accessToken ?? null,
    renew(why: string) {
      if (signedIn === null) return Promise.resolve(null);
      renewal ??= renewed(signedIn, why).finally(() => {
        renewal = null;
      });
      return renewal;
    },
  };
}
