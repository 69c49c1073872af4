import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';

/** Starts the database in a process of its own, says how it went in one line of JSON, then stays or exits. */
const [dataDir = '', then = 'stay'] = process.argv.slice(2);
try {
  const server = await startEmbedded({ dataDir });
  console.log(JSON.stringify({ url: server.url('postgres') }));
  if (then === 'exit') process.exit(0);
  setInterval(() => {}, 1000);
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  console.log(JSON.stringify({ message, code }));
}
