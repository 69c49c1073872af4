import { referenceOf } from '../contract.ts';
import { allocation, enquiry } from './sections.ts';
import type { AdultServicesTables } from './tables.ts';

/** An enquiry ties the adult at risk alone: whoever is said to be the source of it is nobody's client by that. */
export const reference = referenceOf<AdultServicesTables>({
  agency: 'adult-services',
  description: 'An allocation, such as AS26-0170, or a safeguarding enquiry, such as SE26-0044.',
  kinds: [
    {
      form: /^AS\d{2}-\d{4,6}$/,
      number: 'ASC_ALLOC.ALLOC_REF',
      live: allocation.isOpen,
      staff: ['ASC_ALLOC.WRKR_REF'],
      people: ['ASC_ALLOC.ASC_ID'],
    },
    {
      form: /^SE\d{2}-\d{4,6}$/,
      number: 'S42_ENQ.ENQ_REF',
      live: enquiry.isOpen,
      staff: ['S42_ENQ.LEAD_REF'],
      people: ['S42_ENQ.ASC_ID'],
    },
  ],
  caseload: [
    { person: 'ASC_ALLOC.ASC_ID', staff: 'ASC_ALLOC.WRKR_REF', while: [allocation.isOpen] },
    { person: 'S42_ENQ.ASC_ID', staff: 'S42_ENQ.LEAD_REF', while: [enquiry.isOpen] },
  ],
});
