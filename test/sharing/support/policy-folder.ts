import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface PolicyFolder {
  root: string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Writes beside the file and moves it over, as editors and deployments do. */
  replace(file: string, text: string): void;
  remove(file: string): void;
  drop(): void;
}

/** Policy files on a real disk, for a test to change as it likes. */
export function policyFolder(files: Readonly<Record<string, string>>): PolicyFolder {
  const root = mkdtempSync(join(tmpdir(), 'sightline-policy-'));
  const at = (file: string) => join(root, file);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return {
    root,
    write,
    read: (file) => readFileSync(at(file), 'utf8'),
    replace(file, text) {
      writeFileSync(`${at(file)}.new`, text);
      renameSync(`${at(file)}.new`, at(file));
    },
    remove: (file) => rmSync(at(file)),
    drop: () => rmSync(root, { recursive: true }),
  };
}

/** A copy of the project's own policy files. */
export function copyOfPolicy(projectRoot: string, agencies: Iterable<string>): PolicyFolder {
  const folder = policyFolder({});
  const files = ['schema/purposes.yaml', ...[...agencies].map((agency) => `adapters/${agency}/sharing.yaml`)];
  for (const file of files) cpSync(join(projectRoot, file), join(folder.root, file));
  return folder;
}
