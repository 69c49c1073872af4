import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { ANALYST } from '../../sharing/policy/policies.ts';
import { PARSE_OPTIONS } from './validate-operation.ts';

/**
 * Whether a caller of a role may bring a text that nobody registered, where only registered ones are answered: an analyst
 * may, who sees nobody, and anybody who asks for the schema alone. Goes by the verified role of this request.
 */
export const mayBringText = (role: string, text: string): boolean =>
  role === ANALYST.role || isAboutSchema(text);

function isAboutSchema(text: string): boolean {
  let document: DocumentNode;
  try {
    document = parse(text, { ...PARSE_OPTIONS, noLocation: true });
  } catch {
    return false;
  }
  return document.definitions.every(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ||
      (definition.kind === Kind.OPERATION_DEFINITION && onlyMeta(definition.selectionSet)),
  );
}

/** No fragments at the root: what they are of is not looked at. */
const onlyMeta = ({ selections }: SelectionSetNode): boolean =>
  selections.every((selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'));
