import { featureReader } from '../../../src/linkage/normalise/read-features.ts';
import { blockKeys } from '../../../src/person-index/records/features.ts';
import { families } from '../../linkage/generate/families.ts';

/** Generated records with their features and their blocking keys as the person index stores them. */
export function* records(count: number) {
  const read = featureReader();
  const options = {
    seed: 1,
    records: count,
    twins: 0.03,
    generations: 0.03,
    namesakes: 0.02,
    identified: 0.7,
  };
  let record = 0;
  for (const { row } of families(options)) {
    record += 1;
    const features = read({
      names: [{ given: row.given_name, family: row.surname }],
      born: row.date_of_birth,
      sex: row.sex,
      addresses: [
        {
          number: row.street_number,
          street: row.address_1,
          locality: row.address_2,
          suburb: row.suburb,
          postcode: row.postcode,
          state: row.state,
          place: '',
        },
      ],
      phones: [row.phone],
      identifiers: [{ type: row.identifier_type, value: row.identifier_value }],
    });
    yield {
      record,
      features: JSON.stringify(features),
      keys: blockKeys(features),
    };
  }
}
