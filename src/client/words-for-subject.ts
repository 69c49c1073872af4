import { ENGLISH, type Words } from './words.ts';

/** For somebody who asks about themselves: no roles, no purposes, and "you" for the person. */
export const ENGLISH_FOR_SUBJECT: Words = {
  ...ENGLISH,
  reasons: {
    GATEWAY_EXCLUDES: 'the law does not let this organisation show it here; ask them in writing',
    AGREEMENT_NOT_IN_FORCE: 'this organisation does not show it here yet; ask them in writing',
    AGREEMENT_WITHDRAWN: 'this organisation has stopped showing it here; ask them in writing',
    ROLE: 'this organisation does not show it here; you can ask them in writing',
    PURPOSE: 'this organisation does not show it here; you can ask them in writing',
    NOT_LISTED: 'this organisation does not show it here; you can ask them in writing',
    NOT_OFFERED: 'never shown here, to anybody; you can ask the organisation in writing',
    NEEDS_REVIEW: 'somebody at the organisation decides each time: call them',
    NEEDS_BREAK_GLASS: 'not shown here; you can ask the organisation in writing',
    CONSENT_REQUIRED: 'shown once you have agreed to it: call them',
    NO_RELATIONSHIP: 'we could not tell that this is about you: call them',
    RELATIONSHIP_UNVERIFIED: 'we could not check just now that this is about you: try again, or call them',
    OTHER_ORGANISATION_ONLY: 'kept within the organisation; you can ask them in writing',
    OBJECTED: 'not shown while your objection to it stands: call them if you think otherwise now',
    LEVEL: 'there may be more than is shown here; you can ask the organisation in writing',
    NO_LINKED_RECORD: 'we found no record linked to you, which does not prove that there is none',
    NONE_IN_SCOPE: 'nothing within what is shown here',
    TIMED_OUT: 'the organisation did not answer in time: try again later',
    FAILED: 'the organisation could not answer: try again later',
    STARTING: 'the organisation is still starting: try again in a minute',
    TOO_LARGE: 'too much for one answer: ask for less at once',
    TOO_MANY_ROWS: 'the organisation has more than is shown here; you can ask them in writing',
    UNREADABLE: 'there is a record, but what it says here is missing or could not be read: call them',
  },
  kinds: {
    ...ENGLISH.kinds,
    open: 'Shown if somebody agrees',
    policy: '{count} not shown here to anybody about themselves',
  },
};
