import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../register/durable-file.ts';
import { type Alert, eventOf, signedRequest } from './event.ts';
import type { AlertKey } from './signing-key.ts';

/** Who takes the alerts of which organisation. */
export interface Receivers {
  /** Whether alerts of this organisation have anywhere to go. */
  has(organisation: string): boolean;
  /** Resolves once the receiver has it; throws with the cause, which names nothing of the alert. */
  send(organisation: string, alert: Alert): Promise<void>;
}

/** In the demo: a file for each organisation, `alerts/<organisation>.jsonl` in the data directory, one event a line. */
export function fileReceivers(dataDir: string): Receivers {
  const folder = join(dataDir, 'alerts');
  return {
    has: () => true,
    async send(organisation, alert) {
      await makeFolder(folder);
      const file = await open(join(folder, `${organisation}.jsonl`), 'a', 0o600);
      try {
        await file.appendFile(`${eventOf(alert)}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/** Milliseconds in which a receiver has to answer. */
const ANSWER_MS = 10_000;

/**
 * Outside the demo: each organisation's own address, by a signed POST. Anything but a status of 2xx is no receipt.
 * @param key read anew for each alert, so that a changed one is taken at once
 */
export function httpReceivers(
  addresses: ReadonlyMap<string, string>,
  key: () => Promise<AlertKey>,
  now: () => Date,
): Receivers {
  return {
    has: (organisation) => addresses.has(organisation),
    async send(organisation, alert) {
      const url = addresses.get(organisation);
      if (url === undefined) throw new Error(`alerts of ${organisation} have no address`);
      const request = await signedRequest(alert, url, await key(), now());
      const { method, headers, body } = request;
      // A receiver that moved is told to the operator, and no alert is carried to where it points.
      const options = { method, headers, body, redirect: 'manual' as const };
      const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(ANSWER_MS) });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
    },
  };
}
