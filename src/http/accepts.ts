const ANSWERED_IN = ['application/graphql-response+json', 'application/json', 'application/*', '*/*'];

/** Whether a client that sends this `Accept` could read an answer. Asked before anything is disclosed to it. */
export function acceptsAnswer(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return ANSWERED_IN.includes(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}
