import { type GraphQLOutputType, getNamedType, isObjectType } from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { withHelpers } from '../../../src/conformance/ask-agency.ts';
import { agencySdl } from './sdl.ts';

/** Everything that a section of an agency has, with the fields that only the gateway sees, of these people. */
export function wholeQuestion(adapter: AnyAdapter, section: string, people: readonly string[]): string {
  const type = withHelpers(adapter, agencySdl(adapter.id)).getQueryType()?.getFields()[section]?.type;
  if (!type) throw new Error(`${adapter.id} has no section ${section}`);
  return `{ ${section}(keys: [${people.map((key) => `"${key}"`).join(', ')}])${fieldsOf(type)} }`;
}

function fieldsOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).map((field) => `${field.name}${fieldsOf(field.type)}`);
  return ` { ${fields.join(' ')} }`;
}
