/** Who asks, for what and on which case: what the bar holds and every query carries. */
export interface Caller {
  /** Id of the demo's persona; null outside the demo. */
  persona: string | null;
  /** How people call the caller; null where only the token knows. */
  name: string | null;
  /** Empty for none. */
  purpose: string;
  /** `<agency>:<its own case or incident number>`; empty for none. */
  reference: string;
  /** Leave what is missing to `extensions.holes` alone. */
  holesOnly: boolean;
}

/** The headers that say so. A header whose value is empty is left out. */
export function callerHeaders(caller: Caller, token: string | null): Record<string, string> {
  const headers = {
    Authorization: token ? `Bearer ${token}` : '',
    'Sharing-Purpose': caller.purpose.trim(),
    'Sharing-Reference': caller.reference.trim(),
    'Sharing-Errors': caller.holesOnly ? 'holes' : '',
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}
