import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { copyOfPolicy, type PolicyFolder } from '../sharing/support/policy-folder.ts';

/** The project as a gateway finds it, with policy files of its own to change; schema and adapters are the project's. */
export interface PolicyRoot extends PolicyFolder {
  /** Changes one place of a file for another and puts the file back. Throws where the text is not there, or is twice. */
  change(file: string, from: string, to: string): void;
  /** All files as the project has them. */
  restore(): void;
}

export async function policyRoot(): Promise<PolicyRoot> {
  const project = projectRoot();
  const agencies = (await findAdapters(project)).map(({ id }) => id as string);
  const folder = copyOfPolicy(project, agencies);
  const files = ['schema/purposes.yaml', ...agencies.map((agency) => `adapters/${agency}/sharing.yaml`)];
  const shipped = new Map(files.map((file) => [file, folder.read(file)]));
  const link = (file: string) => symlinkSync(join(project, file), join(folder.root, file));
  for (const name of readdirSync(join(project, 'schema')))
    if (name.endsWith('.graphql') || name === 'districts.yaml') link(`schema/${name}`);
  for (const agency of agencies) {
    const index = join(project, 'adapters', agency, 'index.ts');
    folder.write(`adapters/${agency}/index.ts`, `export * from ${JSON.stringify(index)};\n`);
  }
  return {
    ...folder,
    change(file, from, to) {
      const text = folder.read(file);
      if (text.split(from).length !== 2) throw new Error(`${file} does not have this text exactly once`);
      folder.replace(file, text.replace(from, to));
    },
    restore() {
      for (const [file, text] of shipped) if (folder.read(file) !== text) folder.replace(file, text);
    },
  };
}
