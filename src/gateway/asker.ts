import type { GatewayContext } from './context.ts';

/** Who asked, when and why, as every entry has it. */
export function askerOf({
  requestId,
  now,
  caller,
  purpose,
  reference,
}: Pick<GatewayContext, 'requestId' | 'now' | 'caller' | 'purpose' | 'reference'>) {
  return {
    requestId,
    at: now.toISOString(),
    sub: caller.sub,
    name: caller.name,
    role: caller.role,
    organisation: caller.organisation,
    site: caller.site,
    purpose,
    reference: reference && `${reference.agency}:${reference.value}`,
  };
}
