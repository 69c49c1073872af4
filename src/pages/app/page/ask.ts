import { type PageCaller, postAs } from './caller.ts';
import { graphqlUrl } from './gateway.ts';
import type { Tokens } from './tokens.ts';

/** Sends a query of the page's own; gives its data, as the query has them. Throws what the gateway refuses, in its own words. */
export type Ask = <Data>(query: string, variables?: object) => Promise<Data>;

/** Asks the gateway as the caller of the moment; a token that has run out is renewed once. */
export function asker(caller: () => PageCaller, tokens: Tokens): Ask {
  return async (query, variables = {}) => {
    const send = (token: string | null) => postAs(graphqlUrl(), caller(), token, { query, variables });
    let response = await send(await tokens.current());
    if (response.status === 401) response = await send(await tokens.renew('the token has run out'));
    const { data, errors } = await response.json().catch(() => ({}));
    if (errors?.length || !data)
      throw new Error(errors?.[0]?.message ?? `The gateway answered ${response.status}`);
    return data;
  };
}
