import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import type { PageCaller } from '../../page/caller.ts';
import type { LevelReader } from './level-reader.ts';

/** Milliseconds without a change until it is asked: a reference is typed letter by letter. */
const SETTLED_MS = 400;

/** Keeps the levels in the docs explorer and in completion those of who asks now; at a change the former are gone at once. */
export function ShownLevels({ asking, levels }: { asking: PageCaller; levels: LevelReader }) {
  const hasSchema = useGraphiQL(({ schema }) => Boolean(schema));
  const { introspect } = useGraphiQLActions();
  const { persona, purpose, reference } = asking;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another caller, purpose or reference may have something else
  useEffect(() => {
    if (!hasSchema) return;
    let wanted = true;
    levels.show(new Map(), introspect);
    const timer = setTimeout(async () => {
      const read = await levels.read();
      if (wanted) levels.show(read, introspect);
    }, SETTLED_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [hasSchema, persona, purpose, reference, levels, introspect]);
  return null;
}
