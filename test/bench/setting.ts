/** What the benchmark's programs tell each other. */
export interface Setting {
  root: string;
  dataDir: string;
  storeUrl: string;
  agencyUrls: Record<string, string>;
  /** Milliseconds between passes of the feeds to the person index. */
  feedIntervalMs: number;
}
/** What a server under load says of itself when it listens. */
export interface Ready {
  url: string;
  /** Sent with every request. */
  headers: Record<string, string>;
}
/** What a server is told: to say what it has used, to take a profile until it is told again, or to end. */
export type Order = 'usage' | 'profile' | 'stop';

/** Answers orders; ends by itself when whoever started it is gone, and not by the terminal's Ctrl-C, which both get. */
export function obey(orders: { profile?(): Promise<void>; stop?(): Promise<void> }): void {
  const end = async () => {
    await orders.stop?.();
    process.exit();
  };
  process.on('SIGINT', () => {});
  process.on('disconnect', end);
  process.on('message', async (order: Order) => {
    if (order === 'usage') process.send?.(process.cpuUsage());
    else if (order === 'stop') await end();
    else {
      await orders.profile?.();
      process.send?.('done');
    }
  });
}

/** Twenty-five fields a person, of three agencies. */
export const QUERY = `query ($ids: [ID!]!) { people(ids: $ids) {
  identity { name dateOfBirth sex }
  warningMarkers { items { type guidance detail from reviewDate } }
  policeEvents { items(first: 10) { date category role outcome } }
  mentalHealth { openToService detained legalStatus { code } }
  crisisPlan { exists whatHelps triggers avoid reviewDate }
  household { dependentChildren members { relationship sameAddress } }
} }`;
export const VIEWER = '{ viewer { role } }';
export const REFERENCE = 'police:26/000123';
