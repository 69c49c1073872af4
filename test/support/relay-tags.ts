import type { Plugin } from 'vitest/config';

/**
 * Does for one module what Relay's plugin does in a front end's build: each `graphql` tag becomes the artifact that
 * the compiler wrote for it.
 */
export function relayTags(module: string): Plugin {
  return {
    name: 'relay-tags',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(module)) return null;
      const imports: string[] = [];
      const replaced = code.replaceAll(/graphql`\s*(?:query|fragment) (\w+)[^`]*`/g, (_tag, name: string) => {
        imports.push(`import ${name}Artifact from './__generated__/${name}.graphql.ts';`);
        return `${name}Artifact`;
      });
      return { code: `${imports.join('\n')}\n${replaced}`, map: null };
    },
  };
}
