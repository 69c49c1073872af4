import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type DocumentNode, parse } from 'graphql';

/** The SDL files of `schema/`: the gateway's own graph with its vocabulary, and one for each agency. */
export interface SchemaFiles {
  own: DocumentNode;
  agencies: ReadonlyMap<string, DocumentNode>;
}

/** Written by the gateway's authors; every other `.graphql` file but the composed one is an agency's, named by its id. */
const OWN = ['person-index', 'sections'];
const COMPOSED = 'sightline';

/** Reads every SDL below `root`. Throws GraphQLError, with its file and place, where one does not parse. */
export function readSchemaFiles(root: string): SchemaFiles {
  const folder = join(root, 'schema');
  const read = (name: string) => readFileSync(join(folder, `${name}.graphql`), 'utf8');
  const agencies = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => basename(file, '.graphql'))
    .filter((name) => name !== COMPOSED && !OWN.includes(name));
  return {
    own: parse(OWN.map(read).join('\n'), { noLocation: true }),
    agencies: new Map(agencies.map((name) => [name, parse(read(name), { noLocation: true })])),
  };
}
