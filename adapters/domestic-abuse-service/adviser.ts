import { fieldsOf, noPlace, text } from '../contract.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { always, column, object } = fieldsOf<DomesticAbuseTables>();

/** Who works with the victim or child. Team and number may tell which office, and so which part of the county. */
export const adviser = object({
  name: column('IDVA.IDVA_NM', text, noPlace),
  role: always('Independent domestic violence adviser'),
  team: column('IDVA.TEAM_NM', text, { place: true }),
  phone: column('IDVA.TEL_NO', text, { place: true }),
});
