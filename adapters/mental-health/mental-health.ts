import {
  type Contact,
  codedValue,
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  newest,
  noPlace,
  type SectionSource,
  someTrueUnlessUnsure,
  text,
} from '../contract.ts';
import { INFORMAL, LEGAL_STATUSES, OPEN_REFERRAL, REFERRAL_STATUSES } from './codes.ts';
import { client, referral, section } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { column, columns, value } = fieldsOf<MentalHealthTables>();

const isOpen: Decoder<boolean | null> = (cell, context) => {
  const status = meaning(REFERRAL_STATUSES)(cell, context);
  return status && status === 'OPEN';
};

const teamDesk: Decoder<Contact | null> = (cells, context) => {
  const [name, phone, hours] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  if (!name) return null;
  return {
    desk: name,
    phone: phone ?? null,
    email: null,
    hours: hours ?? null,
    staffedNow: null,
    advice: null,
  };
};

/** Detained now, or liable to be: on any status but informal whose end is not past. Null if that cannot be told. */
const isDetained: Decoder<boolean | null> = (cells, context) => {
  const [status, end] = cells as readonly unknown[];
  const over = isPast(end, context);
  if (over === true) return false;
  const legalStatus = legal(status, context);
  if (legalStatus === null) return null;
  return legalStatus.code === INFORMAL ? false : over === null ? null : true;
};

const legal = codedValue(LEGAL_STATUSES, 'NHS Data Dictionary legal status classification');

const practice: Decoder<unknown> = (cells, context) => {
  const [code, name, phone] = (cells as readonly unknown[]).map((cell) => text(cell, context));
  return code ? { code, name: name ?? code, phone: phone ?? null } : null;
};

export const mentalHealth: SectionSource<MentalHealthTables> = {
  openToService: value(referral, column('Referral.StatusCd', isOpen), someTrueUnlessUnsure),
  team: value(
    referral,
    columns(['Team.TeamName', 'Team.Phone', 'Team.Hours'], teamDesk, { place: true }),
    newest,
    { column: 'Referral.StatusCd', in: OPEN_REFERRAL },
  ),
  detained: value(
    section,
    columns(['MHA_Section.LegalStatus', 'MHA_Section.EndDT'], isDetained),
    someTrueUnlessUnsure,
  ),
  legalStatus: value(section, column('MHA_Section.LegalStatus', legal, noPlace)),
  legalStatusFrom: value(section, column('MHA_Section.StartDT', date)),
  legalStatusTo: value(section, column('MHA_Section.EndDT', date)),
  practice: value(
    client,
    columns(['Client.GPPracticeCode', 'GPPractice.PracticeName', 'GPPractice.Phone'], practice, {
      place: true,
    }),
  ),
};
