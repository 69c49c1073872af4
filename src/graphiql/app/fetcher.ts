import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { Kind, parse } from 'graphql';
import { type Caller, callerHeaders } from './caller.ts';
import type { Tokens } from './tokens.ts';

interface FetcherOptions {
  url: URL;
  /** Read at the moment of asking, so that the fetcher itself stays the same. */
  caller: () => Caller;
  tokens: Tokens;
  /** Told of every answer but the schema's. */
  onAnswer: (answer: unknown, caller: Caller) => void;
}

/** Sends what GraphiQL asks by POST, as the caller of that moment; when the token has run out, once more with a new one. */
export function createFetcher({ url, caller, tokens, onAnswer }: FetcherOptions): Fetcher {
  return async (parameters, options) => {
    let asking = caller();
    const send = (token: string | null) =>
      fetch(url, {
        method: 'POST',
        cache: 'no-store',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/graphql-response+json, application/json',
          ...callerHeaders(asking, token),
          ...options?.headers,
        },
        body: JSON.stringify(asWritten(parameters)),
      });
    let response = await send(await tokens.current());
    if (response.status === 401) {
      const renewal = tokens.renew();
      // Whoever is chosen by now: a token and a purpose of two personas must not meet.
      asking = caller();
      const token = await renewal;
      if (token !== null) response = await send(token);
    }
    const answer = await bodyOf(response);
    if (parameters.operationName !== 'IntrospectionQuery') onAnswer(answer, asking);
    // What was answered is read before what was not.
    return 'data' in answer ? { data: answer.data, ...answer } : answer;
  };
}

/** GraphiQL learns an operation's name a moment after it was written: one that is no longer in the query is left out. */
function asWritten(parameters: FetcherParams): FetcherParams {
  const { operationName, ...rest } = parameters;
  try {
    const { definitions } = parse(parameters.query);
    const named = definitions.some(
      (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === operationName,
    );
    return named ? parameters : rest;
  } catch {
    // The gateway says what is wrong with a query that cannot be read.
    return parameters;
  }
}

async function bodyOf(response: Response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The gateway answered ${response.status} and no JSON`, { cause });
  }
}
