/** Between the page and the window that comes back from the issuer. It works where the issuer cuts the tie to `opener`, too. */
const CHANNEL = 'sightline-sign-in';

/** An empty window for the sign-in, to be called on a click: browsers block it otherwise. */
export function openSignInWindow(): Window {
  const opened = window.open('', CHANNEL, 'popup,width=520,height=720');
  if (!opened) throw new Error('The browser blocked the sign-in window: allow it for this page');
  return opened;
}

/** What the issuer sends back for this `state`. Ends by `signal` alone, as a window may be closed unseen. */
export function answerFromWindow(state: string, signal: AbortSignal): Promise<URLSearchParams> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<URLSearchParams>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    channel.onmessage = ({ data }) => {
      const parameters = new URLSearchParams(data);
      if (parameters.get('state') === state) resolve(parameters);
    };
  }).finally(() => channel.close());
}

/** In the window that came back: hands the issuer's answer to the page that asked, and closes. False in any other window. */
export function handBackSignIn(): boolean {
  const parameters = new URLSearchParams(location.search);
  if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error'))) return false;
  history.replaceState(null, '', location.pathname);
  new BroadcastChannel(CHANNEL).postMessage(parameters.toString());
  document.body.textContent = 'This window can be closed.';
  window.close();
  return true;
}
