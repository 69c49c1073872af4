import type { DemoToken } from '../config.ts';

/** Where the access token of a query comes from. Tokens live in memory alone. */
export interface Tokens {
  /** The token in use; null while nobody has signed in. */
  current(): Promise<string | null>;
  /** Called when the gateway refused the token: a new one, or null if only a person can get it. */
  renew(): Promise<string | null>;
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

/** The token of whoever signed in with the issuer. Once refused it is dropped, and `onEnded` says so. */
export function signedInTokens(onEnded: () => void) {
  let held: string | null = null;
  return {
    hold(token: string) {
      held = token;
    },
    current: async () => held,
    async renew() {
      if (held !== null) onEnded();
      held = null;
      return null;
    },
  };
}
