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
  /** Its number in a register of trusted documents, where whoever made the document gave it one. */
  id: string | null;
  /** Null where the document was stripped of it. */
  text: string | null;
}

/** Text and id of a document of any kind: graphql-codegen's in both modes, Relay's request parameters, a plain string. */
export function sentDocument(document: string | object): SentDocument {
  if (typeof document === 'string') return { id: null, text: document };
  const { __meta__, id, params, text, kind } = document as {
    __meta__?: { hash?: unknown };
    id?: unknown;
    params?: object;
    text?: unknown;
    kind?: unknown;
  };
  // Relay's compiled request holds the same under `params`.
  if (params && typeof params === 'object') return sentDocument(params);
  const hash = __meta__?.hash ?? id;
  return {
    id: typeof hash === 'string' && hash !== '' ? hash : null,
    text: kind === 'Document' ? printed(document as Node) : textOf(document, text),
  };
}

/** `TypedDocumentString` is a `String` object; Relay has the text in a field of its own. */
function textOf(document: object, text: unknown): string | null {
  if (document instanceof String) return String(document) || null;
  return typeof text === 'string' ? text : null;
}

// biome-ignore lint/suspicious/noExplicitAny: a node of graphql-js, whose package a front end need not have
type Node = any;

/** The text of an executable document, on as little space as it takes. */
export function printed(node: Node): string {
  const all = (nodes: readonly Node[] = []) => nodes.map(printed);
  const list = (nodes: readonly Node[] | undefined, [open = '', close = '']: string) =>
    nodes?.length ? `${open}${all(nodes).join(' ')}${close}` : '';
  const rest = () => `${all(node.directives).join('')}${node.selectionSet ? printed(node.selectionSet) : ''}`;
  switch (node.kind) {
    case 'Document':
      return all(node.definitions).join('\n');
    case 'OperationDefinition':
      return `${node.operation} ${node.name?.value ?? ''}${list(node.variableDefinitions, '()')}${rest()}`;
    case 'VariableDefinition':
      return `${printed(node.variable)}:${printed(node.type)}${node.defaultValue ? `=${printed(node.defaultValue)}` : ''}${rest()}`;
    case 'SelectionSet':
      return list(node.selections, '{}');
    case 'Field':
      return `${node.alias ? `${node.alias.value}:` : ''}${node.name.value}${list(node.arguments, '()')}${rest()}`;
    case 'FragmentSpread':
      return `...${node.name.value}${rest()}`;
    case 'InlineFragment':
      return `...${node.typeCondition ? `on ${node.typeCondition.name.value}` : ''}${rest()}`;
    case 'FragmentDefinition':
      return `fragment ${node.name.value} on ${node.typeCondition.name.value}${rest()}`;
    case 'Directive':
      return `@${node.name.value}${list(node.arguments, '()')}`;
    case 'Argument':
    case 'ObjectField':
      return `${node.name.value}:${printed(node.value)}`;
    case 'Variable':
      return `$${node.name.value}`;
    case 'NamedType':
      return node.name.value;
    case 'ListType':
      return `[${printed(node.type)}]`;
    case 'NonNullType':
      return `${printed(node.type)}!`;
    case 'StringValue':
      return JSON.stringify(node.value);
    case 'ListValue':
      return `[${all(node.values).join(' ')}]`;
    case 'ObjectValue':
      return `{${all(node.fields).join(' ')}}`;
    case 'NullValue':
      return 'null';
    // Numbers, booleans and enums stand as they are.
    default:
      return String(node.value);
  }
}
