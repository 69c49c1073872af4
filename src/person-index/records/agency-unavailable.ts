import type { OutageReason } from '../../states.ts';

/** An agency's own system could not be asked, or not in time. Says nothing of what it was asked. */
export class AgencyUnavailable extends Error {
  readonly code = 'AGENCY_UNAVAILABLE';
  readonly agency: string;
  readonly reason: OutageReason;

  constructor(agency: string, reason: OutageReason, options?: ErrorOptions) {
    super(`${agency} could not be asked: ${reason}`, options);
    this.name = 'AgencyUnavailable';
    this.agency = agency;
    this.reason = reason;
  }
}
