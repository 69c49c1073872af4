import { buildASTSchema, isObjectType, parse, printType } from 'graphql';
import { expect, test } from 'vitest';
import { withHelperFields } from '../../src/compile/plan/helper-fields.ts';
import { clinic, clinicSdl } from './support/clinic.ts';

const schema = buildASTSchema(withHelperFields(clinicSdl, clinic, ['Agreement', 'Elsewhere']));

test('every section says whose it is, when it was known and whether there is anything', () => {
  for (const root of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const name = String(root.type).replace(/\W/g, '');
    const type = schema.getType(name);
    const fields = isObjectType(type) ? type.getFields() : {};
    expect([name, String(fields.key?.type), String(fields.asOf?.type), String(fields.present?.type)]).toEqual(
      [name, 'ID!', 'DateTime', 'Boolean!'],
    );
  }
});

test('items of the adapter’s lists name their source, and so do types that the vocabulary says do', () => {
  const withSource = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && 'source' in type.getFields(),
  );
  expect(withSource.map((type) => type.name).sort()).toEqual(['Agreement', 'Home', 'Number', 'Visit']);
  expect(printType(schema.getType('AgencySource') as never)).toBe(
    'type AgencySource {\n  record: ID!\n  asOf: DateTime\n  otherPerson: ID\n}',
  );
});

test('the agency’s own fields stay as they are', () => {
  const own = buildASTSchema(clinicSdl).getType('Visits');
  const fields = isObjectType(own) ? Object.keys(own.getFields()) : [];
  const type = schema.getType('Visits');
  expect(Object.keys(isObjectType(type) ? type.getFields() : {})).toEqual([
    ...fields,
    'key',
    'asOf',
    'present',
    'capped',
    'ranks',
  ]);
});

test('an agency that answers no section gets no helpers', () => {
  const document = withHelperFields(parse('scalar Date'), { ...clinic, sections: {} });
  expect(document.definitions.some((one) => 'name' in one && one.name?.value === 'Section')).toBe(false);
});
