/** schema/<agency>.graphql is made from its adapter: what is offered is what is supplied. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const vocabulary = readVocabulary(root);
const adapters = await findAdapters(root);

it.each(adapters.map((adapter) => [adapter.id, adapter] as const))(
  'schema/%s.graphql is what its adapter supplies: after a change, run npm run schema',
  async (id, adapter) => {
    await expect(agencySdl(adapter, vocabulary)).toMatchFileSnapshot(join(root, `schema/${id}.graphql`));
  },
);

it('a section or field that the vocabulary does not have is named', () => {
  const [adapter] = adapters;
  if (!adapter) throw new Error('there is no adapter');
  const identity = adapter.sections.identity ?? {};
  const [some] = Object.values(identity);
  if (!some) throw new Error('the first adapter supplies no identity');
  const withField = { ...adapter, sections: { identity: { ...identity, moonPhase: some } } };
  expect(() => agencySdl(withField, vocabulary)).toThrow('the vocabulary has no Identity.moonPhase');
  const withSection = { ...adapter, sections: { moonPhases: identity } };
  expect(() => agencySdl(withSection, vocabulary)).toThrow('the vocabulary has no section moonPhases');
});
