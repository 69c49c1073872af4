import { useCallback, useRef, useState } from 'react';

/** Who asks, for what and on which case: what the bar holds and every query carries. */
export interface PageCaller {
  /** Tells one caller from the next: the demo's persona, or login and role. Null for nobody. */
  persona: string | null;
  /** How people call the caller; null where only the token knows. */
  name: string | null;
  /** Role id, such as `data-subject`; null where only the token knows. */
  role: string | null;
  /** The agency they work for, by its id; null where only the token knows. */
  organisation: string | null;
  /** Empty for none. */
  purpose: string;
  /** `<agency>:<its own case or incident number>`; empty for none. */
  reference: string;
  /** Leave what is missing to `extensions.holes` alone. */
  holesOnly: boolean;
}

/** The headers that say so. A header whose value is empty is left out. */
export function callerHeaders(caller: PageCaller, token: string | null): Record<string, string> {
  const headers = {
    Authorization: token ? `Bearer ${token}` : '',
    'Sharing-Purpose': caller.purpose.trim(),
    'Sharing-Reference': caller.reference.trim(),
    'Sharing-Role': caller.role ?? '',
    'Sharing-Errors': caller.holesOnly ? 'holes' : '',
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}

/** Asks the gateway as this caller; nothing of it is stored. */
export const postAs = (
  url: URL,
  caller: PageCaller,
  token: string | null,
  body: object,
  headers: Record<string, unknown> = {},
  signal: AbortSignal | null = null,
): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    cache: 'no-store',
    signal,
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json',
      ...callerHeaders(caller, token),
      ...headers,
    },
    body: JSON.stringify(body),
  });

/** The caller as the bar shows it, and a function that reads it at the moment a query is sent. */
export function useCaller(initial: PageCaller) {
  const [caller, setCaller] = useState(initial);
  const latest = useRef(initial);
  const change = useCallback((part: Partial<PageCaller>) => {
    latest.current = { ...latest.current, ...part };
    setCaller(latest.current);
  }, []);
  const read = useCallback(() => latest.current, []);
  return { caller, change, read };
}
