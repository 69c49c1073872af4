import { useEffect, useState } from 'react';
import type { Asking, Example, PagesConfig } from '../../config.ts';
import type { Ask } from '../page/ask.ts';
import type { PageCaller } from '../page/caller.ts';
import { useOpenExample } from './open-example.ts';
import { type Cell, seesNobody } from './sees-nobody.ts';

const MAY_ASK = /* GraphQL */ `query MayAskOfAnybody {
  viewer { mayAsk { level reason } }
}
`;
/** The purpose for which people are counted. */
const COUNTING = 'service-planning';

interface CountInsteadProps {
  config: PagesConfig;
  asking: PageCaller;
  ask: Ask;
  onPersona: (persona: string, asking: Asking) => void;
}

/**
 * Where a caller who may count asked about people though everything of everybody is withheld from them: says so, and that
 * how many there are may be asked. By what the gateway says they may ask; what their role is called says nothing of it.
 */
export function CountInstead({ config, asking, ask, onPersona }: CountInsteadProps) {
  const example = countingExample(config.examples);
  const mayCount = config.purposesOf[asking.role ?? '']?.includes(COUNTING) ?? false;
  if (!mayCount || example === undefined) return null;
  return <Offer {...{ config, asking, ask, onPersona, example }} />;
}

function Offer({ config, asking, ask, onPersona, example }: CountInsteadProps & { example: Example }) {
  const open = useOpenExample(config.examples, onPersona);
  const withheld = useAllWithheld(ask, asking);
  if (withheld === null) return null;
  return (
    <section className="count-instead" aria-label="Count instead">
      <p role="status">
        <strong>Your role sees nobody at this purpose; count instead.</strong>{' '}
        {`All ${withheld} of ${withheld} sections that agencies supply are withheld from you, of whomever you ask. You may ask how many.`}
      </p>
      <button type="button" onClick={() => open(example)}>{`Open “${example.name}”`}</button>
    </section>
  );
}

/** How many cells policy has for the caller where every one is withheld; null where one is not, or while that is not known. */
function useAllWithheld(ask: Ask, { persona, purpose, reference }: PageCaller): number | null {
  const [withheld, setWithheld] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another caller, purpose or reference may be shown somebody
  useEffect(() => {
    let wanted = true;
    setWithheld(null);
    ask<{ viewer: { mayAsk: readonly Cell[] } }>(MAY_ASK).then(
      ({ viewer: { mayAsk } }) => wanted && setWithheld(seesNobody(mayAsk) ? mayAsk.length : null),
      // Without a purpose nothing is known of it, and the answer has said why.
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [ask, persona, purpose, reference]);
  return withheld;
}

/** People by a condition, or what was refused them where no agency lets people be counted. */
function countingExample(examples: readonly Example[]): Example | undefined {
  const asking = (field: string) => examples.find(({ query }) => query.includes(`${field}(`));
  return asking('cohort') ?? asking('barriers');
}
