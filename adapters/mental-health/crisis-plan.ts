import {
  type Decoder,
  date,
  emailAddress,
  fieldsOf,
  mobileNumber,
  noPlace,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { EMAIL, LANDLINES, MOBILE } from './codes.ts';
import { crisisPlanContact, crisisPlan as plan } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { always, column, columns, exists, list, lists, value } = fieldsOf<MentalHealthTables>();

/** The extract is the person's own to give: without their agreement there is none, whatever is written. */
const agreed: Decoder<string | null> = (cells, context) => {
  const [share, extract] = cells as readonly unknown[];
  return yesNo(share, context) === true ? text(extract, context) : null;
};
const words = { freeText: true };
const known = {
  from: column('CarePlanContact.StartDT', date),
  safe: column('CarePlanContact.SafeYN', yesNo),
};

export const crisisPlan: SectionSource<MentalHealthTables> = {
  exists: exists(plan),
  sharedExtract: value(plan, columns(['CarePlan.ShareExtract', 'CarePlan.ExtractTxt'], agreed, noPlace)),
  whatHelps: value(plan, column('CarePlan.HelpsTxt', text, words)),
  triggers: value(plan, column('CarePlan.TriggersTxt', text, words)),
  avoid: value(plan, column('CarePlan.AvoidTxt', text, words)),
  contacts: lists(
    list(
      crisisPlanContact,
      { kind: always('MOBILE'), value: column('CarePlanContact.PhoneNo', mobileNumber, noPlace), ...known },
      { where: { column: 'CarePlanContact.PhoneType', in: MOBILE } },
    ),
    list(
      crisisPlanContact,
      { kind: always('EMAIL'), value: column('CarePlanContact.PhoneNo', emailAddress, noPlace), ...known },
      { where: { column: 'CarePlanContact.PhoneType', in: EMAIL } },
    ),
    list(
      crisisPlanContact,
      { kind: always('LANDLINE'), value: column('CarePlanContact.PhoneNo', text, { place: true }), ...known },
      { where: { column: 'CarePlanContact.PhoneType', in: LANDLINES } },
    ),
  ),
  reviewDate: value(plan, column('CarePlan.ReviewDue', date)),
};
