import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { type ExecutionResult, GraphQLError, Kind, parse } from 'graphql';
import { type PageCaller, postAs } from '../page/caller.ts';
import type { Tokens } from '../page/tokens.ts';

interface FetcherOptions {
  url: URL;
  /** Read at the moment of asking, so that the fetcher itself stays the same. */
  caller: () => PageCaller;
  tokens: Tokens;
  /** The answer to the editor's question for the schema, given how to ask for it. */
  schema: (fetched: () => Promise<ExecutionResult>) => Promise<ExecutionResult>;
  /** Told of every answer but the schema's. */
  onAnswer: (answer: unknown, caller: PageCaller, question: FetcherParams) => void;
}

/** Sends what GraphiQL asks by POST, as the caller of that moment; when the token has run out, once more with a new one. */
export function createFetcher({ url, caller, tokens, schema, onAnswer }: FetcherOptions): Fetcher {
  const asked: Asked = async (parameters, options) => {
    let asking = caller();
    const send = (token: string | null) =>
      postAs(url, asking, token, asWritten(parameters), options?.headers);
    let response = await send(await tokens.current());
    if (response.status === 401) {
      const renewal = tokens.renew(await reasonOf(response));
      // The caller chosen now: one persona's token must not go with another's purpose.
      asking = caller();
      const token = await renewal;
      if (token !== null) response = await send(token);
    }
    const answer = await bodyOf(response);
    // What was asked as one person is not shown to the next.
    if (parameters.operationName !== 'IntrospectionQuery' && caller().persona !== asking.persona)
      return {
        errors: [
          new GraphQLError(`This was asked as ${asking.name}, and came when somebody else was asking`),
        ],
      };
    if (parameters.operationName !== 'IntrospectionQuery') onAnswer(answer, asking, parameters);
    // What was answered is read before what was not.
    return 'data' in answer ? { data: answer.data, ...answer } : answer;
  };
  return (parameters, options) =>
    parameters.operationName === 'IntrospectionQuery'
      ? schema(() => asked(parameters, options))
      : asked(parameters, options);
}

type Asked = (...[parameters, options]: Parameters<Fetcher>) => Promise<ExecutionResult>;

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

/** Why the gateway lets nobody in with this token, in its own words. */
async function reasonOf(response: Response): Promise<string> {
  const { errors } = await response
    .clone()
    .json()
    .catch(() => ({}));
  return String(errors?.[0]?.message ?? '');
}

async function bodyOf(response: Response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`The gateway answered ${response.status} and no JSON`, { cause });
  }
}
