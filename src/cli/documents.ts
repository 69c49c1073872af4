import { Command } from 'commander';
import { ManifestError } from '../documents/manifest.ts';
import { DocumentConflictError } from '../documents/stored.ts';
import { checkDocuments, type DocumentCheckFlags } from './documents/check.ts';
import type { DocumentsCommandDeps } from './documents/deps.ts';
import { type ListFlags, listed } from './documents/list.ts';
import { type RegisterFlags, registerDocuments } from './documents/register.ts';
import { type RetireFlags, retireOf } from './documents/retire.ts';
import { errorMessageFor } from './known-error.ts';

const REGISTER_HELP = `
FILE is what graphql-codegen’s client preset writes (persisted-documents.json) or Relay’s compiler (persisted queries): one object
of ids and texts. Every document must be valid against schema/sightline.graphql and within the limits; an id that is a hash must
be that of its text. All of them are registered, or none. It is an entry of the register of every agency.

Exit codes: 0 done, 1 the file is no manifest or a document cannot be registered, 2 a word or the store could not be used.`;

const RETIRE_HELP = `
What is retired is refused on every gateway. It is an entry of the register of every agency.

Exit codes: 0 done, 1 there is no such document, 2 a word or the store could not be used.`;

const CHECK_HELP = `
Without --manifest the documents are those that are registered in the store, and those of our own pages. Run it before a new schema
is deployed: it names each breaking change, and the clients and documents that ask what it breaks.

Exit codes: 0 nothing breaks, 1 a document does, 2 a file or the store could not be read.`;

/** `sightline documents …` */
export function documentsCommand(deps: DocumentsCommandDeps): Command {
  const documents = new Command('documents').description(
    'Trusted documents: what front ends may ask by its id (TRUSTED_DOCUMENTS)',
  );
  documents
    .command('register')
    .argument('<file>', 'the manifest of the client’s documents')
    .requiredOption('--client <name>', 'which front end asks them')
    .option('--dry-run', 'say what would be registered, and change nothing')
    .description('Register the documents of a front end')
    .addHelpText('after', REGISTER_HELP)
    .action((file: string, flags: RegisterFlags) => run(deps, () => registerDocuments(deps, file, flags)));
  documents
    .command('list')
    .option('--client <name>', 'those of one front end')
    .option('--retired', 'those that were retired as well')
    .option('--json', 'print them as JSON')
    .description('List documents, with how often and on which day they were last asked')
    .addHelpText('after', '\nExit codes: 0 done, 2 the store could not be used.')
    .action((flags: ListFlags) => run(deps, () => listed(deps, flags)));
  documents
    .command('retire')
    .argument('[id...]', 'which documents')
    .requiredOption('--client <name>', 'whose')
    .option('--all', 'all of this client’s')
    .option('--dry-run', 'say what would be retired, and change nothing')
    .description('Trust documents of a front end no longer')
    .addHelpText('after', RETIRE_HELP)
    .action((ids: string[], flags: RetireFlags) => run(deps, () => retireOf(deps, ids, flags)));
  documents
    .command('check')
    .option('--schema <file>', 'the schema that will be; schema/sightline.graphql if not said')
    .option('--before <file>', 'the schema that is; schema/sightline.graphql if not said')
    .option('--manifest <file>', 'documents of this manifest, in place of those in the store')
    .option('--client <name>', 'whose documents; with --manifest how they are called')
    .description('Name the documents and clients that a change of the schema breaks')
    .addHelpText('after', CHECK_HELP)
    .action((flags: DocumentCheckFlags) => run(deps, () => checkDocuments(deps, flags)));
  return documents;
}

async function run({ err, exit }: DocumentsCommandDeps, work: () => Promise<number>): Promise<void> {
  try {
    exit(await work());
  } catch (error) {
    const known = errorMessageFor(error);
    if (known === null) throw error;
    err(`${known}\n`);
    exit(error instanceof DocumentConflictError || error instanceof ManifestError ? 1 : 2);
  }
}
