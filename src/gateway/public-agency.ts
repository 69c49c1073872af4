import type { GatewayContext } from './context.ts';

/** `Agency` of the public schema: static, never from a person. */
export function publicAgency(
  agency: string,
  { agencies, catalogue, now }: Pick<GatewayContext, 'agencies' | 'catalogue' | 'now'>,
) {
  const { adapter } = agencies.get(agency);
  const sections = [...catalogue.sections.values()].filter((section) => section.suppliers.includes(agency));
  return {
    id: adapter.id,
    name: adapter.name,
    sections: sections.map((section) => section.name),
    coverage: adapter.coverage,
    contact: agencies.contact(agency, null, now),
  };
}
