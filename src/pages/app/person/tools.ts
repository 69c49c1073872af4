import { type GlassClient, glassClient } from '../gaps/break-glass.ts';
import { type ConsentClient, consentClient } from '../gaps/consents.ts';
import { type RequestClient, requestClient } from '../gaps/requests.ts';
import { type WishesClient, wishesClient } from '../gaps/wishes.ts';
import type { Workplace } from '../page/workplace.ts';
import { type Ask, askerFor } from './question.ts';

/** What the page asks and acts by, each as the caller of the moment. */
export interface Tools {
  ask: Ask;
  glass: GlassClient;
  requests: RequestClient;
  consents: ConsentClient;
  wishes: WishesClient;
}

export const toolsFor = ({ caller, tokens }: Pick<Workplace, 'caller' | 'tokens'>): Tools => ({
  ask: askerFor(caller, tokens),
  glass: glassClient(caller, tokens),
  requests: requestClient(caller, tokens),
  consents: consentClient(caller, tokens),
  wishes: wishesClient(caller, tokens),
});
