/** What the codes of one kind of database say. Those of two kinds are never alike. */
export interface FailureCodes {
  /** A code of the server's own, which has answered. */
  answered: RegExp;
  /** What is not the statement's fault: connection lost, shutting down, too many clients, login refused, no such database. */
  serverTrouble: RegExp;
  starting: RegExp;
  /** The statement was stopped, or its time was up. */
  cancelled: RegExp;
  /** For whoever runs the gateway: what to look at, by code. */
  words: Readonly<Record<string, string>>;
}
