/** Apollo Server as it comes, with a schema of one field that is known beforehand: what an answer costs at the least. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { obey, type Ready } from './setting.ts';

const server = new ApolloServer({
  typeDefs: 'type Query { viewer: Viewer! } type Viewer { role: String! }',
  resolvers: { Query: { viewer: () => ({ role: 'triage-nurse' }) } },
  stopOnTerminationSignals: false,
});
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
const ready: Ready = { url, headers: { accept: 'application/graphql-response+json' } };
process.send?.(ready);
obey({});
