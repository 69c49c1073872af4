import {
  compact,
  dateAccuracy,
  dateOfBirth,
  fieldsOf,
  IDENTIFIER_SYSTEMS,
  isFilled,
  joined,
  meaning,
  noPlace,
  onlyOf,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { SEXES } from './codes.ts';
import { tenant } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<HousingTables>();

const name = columns(['tenant.forename', 'tenant.surname'], joined, noPlace);
const givenName = column('tenant.forename', text, noPlace);
const familyName = column('tenant.surname', text, noPlace);
const born = column('tenant.dob', dateOfBirth);
const sex = column('tenant.sex', meaning(SEXES));

export const identity: SectionSource<HousingTables> = {
  name: value(tenant, name),
  givenName: value(tenant, givenName),
  familyName: value(tenant, familyName),
  dateOfBirth: value(tenant, born),
  dateOfBirthAccuracy: value(tenant, columns(['tenant.dob', 'tenant.dob_est'], dateAccuracy)),
  sex: value(tenant, sex),
  deceased: value(tenant, column('tenant.deceased', yesNo)),
  records: lists(
    list(tenant, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      tenant,
      {
        name: columns(['tenant.known_as', 'tenant.surname'], joined, noPlace),
        givenName: column('tenant.known_as', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('tenant.known_as') },
    ),
  ),
};

const ofSystem = (system: 'NINO' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});

export const identifiers: SectionSource<HousingTables> = {
  items: lists(
    list(
      tenant,
      {
        system: always('NINO'),
        value: column('tenant.nino', compact, noPlace),
        verified: column('tenant.nino_chk', yesNo),
      },
      { where: isFilled('tenant.nino'), rows: ofSystem('NINO') },
    ),
    list(
      tenant,
      {
        system: always('LOCAL'),
        value: column('tenant.tenant_no', compact, noPlace),
        verified: always(true),
      },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};
