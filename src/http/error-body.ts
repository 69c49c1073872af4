/** The body of an answer that is nothing but one error, in the shape of GraphQL's. */
export function errorBody(code: string, message: string, extensions: Record<string, unknown> = {}) {
  return { errors: [{ message, extensions: { code, ...extensions } }] };
}
