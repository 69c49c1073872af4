import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencySdl } from '../../gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../gateway/schema/vocabulary.ts';
import type { DocsCommandDeps } from './agencies.ts';

/** `docs schemas`: writes schema/<agency>.graphql of each agency. With `--check` it writes nothing, and is 1 if any differs. */
export async function documentSchemas(
  deps: Pick<DocsCommandDeps, 'root' | 'adapters' | 'out'>,
  { check = false }: { check?: boolean },
): Promise<number> {
  const vocabulary = readVocabulary(deps.root);
  const adapters = (await deps.adapters()).filter(({ sections }) => Object.keys(sections).length > 0);
  const changed = adapters
    .map((adapter) => ({
      file: join(deps.root, 'schema', `${adapter.id}.graphql`),
      sdl: agencySdl(adapter, vocabulary),
    }))
    .filter(({ file, sdl }) => !existsSync(file) || readFileSync(file, 'utf8') !== sdl);
  for (const { file, sdl } of changed) {
    if (!check) writeFileSync(file, sdl);
    deps.out(`${file}: ${check ? 'is out of date' : 'written'}\n`);
  }
  if (changed.length === 0) deps.out(`${adapters.length} schemas are as their adapters say\n`);
  else if (check) deps.out('Write them with: npm run schema\n');
  return check && changed.length > 0 ? 1 : 0;
}
