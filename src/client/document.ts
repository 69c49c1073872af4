/**
 * A question with the types of its answer and its variables, as graphql-codegen makes it: `TypedDocumentNode` or
 * `TypedDocumentString`. A plain string has no types: give them to `ask` by hand.
 */
export interface TypedDocument<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}
export type Document<Data, Variables> = string | (TypedDocument<Data, Variables> & object);

/** What of a document goes into the body of a request. */
export interface SentDocument {
  /** Its id among trusted documents, where whoever made the document gave it one. */
  id: string | null;
  /** Null where the document was stripped of it. */
  text: string | null;
}

/** Text and id of a document of any kind: graphql-codegen's in both modes, Relay's compiled request, a plain string. */
export function sentDocument(document: string | object): SentDocument {
  const { __meta__, id, params, text, kind } = Object(document);
  if (params) return sentDocument(params);
  return {
    id: __meta__?.hash || id || null,
    // `TypedDocumentString` is a `String` of its text.
    text: (kind ? printed(document as Node) : text === undefined ? String(document) : text) || null,
  };
}

/** A node of graphql-js, whose package a front end need not have: each kind has some of these. */
interface Node {
  readonly kind: string;
  readonly name?: Name;
  readonly alias?: Name;
  readonly typeCondition?: { readonly name: Name };
  readonly operation?: string;
  readonly selectionSet?: { readonly selections: readonly Node[] };
  readonly definitions?: readonly Node[];
  readonly variableDefinitions?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly directives?: readonly Node[];
  readonly values?: readonly Node[];
  readonly fields?: readonly Node[];
  readonly variable?: Node;
  readonly type?: Node;
  readonly defaultValue?: Node;
  readonly value?: unknown;
}
interface Name {
  readonly value: string;
}

const all = (nodes: readonly Node[] = []): string => nodes.map(printed).join(' ');
const within = (nodes?: readonly Node[]): string => (nodes?.length ? `(${all(nodes)})` : '');

/** The text of an executable document, on as little space as it takes; nothing of nothing. */
export function printed(node: Node | undefined): string {
  if (!node) return '';
  const name = node.name?.value ?? '';
  const on = node.typeCondition ? `on ${node.typeCondition.name.value}` : '';
  const rest = all(node.directives) + (node.selectionSet ? `{${all(node.selectionSet.selections)}}` : '');
  switch (node.kind) {
    case 'Document':
      return all(node.definitions);
    case 'OperationDefinition':
      return `${node.operation} ${name}${within(node.variableDefinitions)}${rest}`;
    case 'FragmentDefinition':
      return `fragment ${name} ${on}${rest}`;
    case 'VariableDefinition':
      return `${printed(node.variable)}:${printed(node.type)}${node.defaultValue ? '=' : ''}${printed(node.defaultValue)}${rest}`;
    case 'Field':
      return `${node.alias ? `${node.alias.value}:` : ''}${name}${within(node.arguments)}${rest}`;
    case 'FragmentSpread':
    case 'InlineFragment':
      return `...${name}${on}${rest}`;
    case 'Directive':
      return `@${name}${within(node.arguments)}`;
    case 'Argument':
    case 'ObjectField':
      return `${name}:${printed(node.value as Node)}`;
    case 'Variable':
      return `$${name}`;
    case 'NamedType':
      return name;
    case 'NonNullType':
      return `${printed(node.type)}!`;
    case 'ListType':
      return `[${printed(node.type)}]`;
    case 'ListValue':
      return `[${all(node.values)}]`;
    case 'ObjectValue':
      return `{${all(node.fields)}}`;
    case 'StringValue':
      return JSON.stringify(node.value);
    // Numbers, booleans and enums stand as they are; null has no value.
    default:
      return String(node.value ?? null);
  }
}
