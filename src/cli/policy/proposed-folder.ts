import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { policyFiles } from '../../sharing/files/load.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import { UsageError } from './deps.ts';

/** A file that somebody proposes in place of one of the policy's. */
export interface ProposedFile {
  /** The policy's file that it would take the place of, as a path from the project's root. */
  file: string;
  /** Where it stands. */
  path: string;
  text: string;
}

/**
 * The proposed files of a folder: each as in the project (`adapters/housing/sharing.yaml`), or shorter (`housing/sharing.yaml`,
 * `housing.yaml`, `purposes.yaml`). Files of the policy that it does not have stay as they are.
 * @throws UsageError where there is no such folder, nothing in it, or something that is no policy file
 */
export function proposedFiles(folder: string, catalogue: Catalogue): readonly ProposedFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${folder} is no folder: name the one with the proposed sharing files`);
  const names = policyFiles(catalogue).flatMap((file) =>
    shorter(file).map((name): [string, string] => [name, file]),
  );
  const known = new Map(names);
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (found.length === 0)
    throw new UsageError(`${folder} has no proposed sharing file, such as housing.yaml`);
  const proposed = found.map((path) => {
    const name = relative(folder, path).replaceAll('\\', '/');
    const file = known.get(name);
    if (file === undefined)
      throw new UsageError(
        `${path} is no policy file: call it by its agency, such as ${policyFiles(catalogue).at(-1)}`,
      );
    return { file, path, text: readFileSync(path, 'utf8') };
  });
  for (const { file, path } of proposed) {
    const other = proposed.find((one) => one.file === file && one.path !== path);
    if (other) throw new UsageError(`${path} and ${other.path} are both proposed for ${file}`);
  }
  return proposed;
}

/** `adapters/housing/sharing.yaml` → that, `housing/sharing.yaml` and `housing.yaml`; `schema/purposes.yaml` → that and `purposes.yaml`. */
function shorter(file: string): readonly string[] {
  const [, name = '', last] = file.split('/');
  return last === undefined ? [file, name] : [file, `${name}/${last}`, `${name}.yaml`];
}
