import { requestError } from '../errors.ts';

/**
 * The role of this request. `roles` are the token's, as far as they are known; `asked` is `Sharing-Role`.
 * Throws BAD_USER_INPUT if there are several and none is asked, or one that the token does not have.
 */
export function chooseRole(roles: readonly string[], asked: string | null): string {
  const [only, ...others] = roles;
  if (asked === null && only !== undefined && others.length === 0) return only;
  if (asked !== null && roles.includes(asked)) return asked;
  const choice = `Your token has: ${roles.join(', ')}.`;
  const why =
    asked === null
      ? 'Say in which role you ask, in the header Sharing-Role.'
      : 'Sharing-Role names a role that your token does not have.';
  throw requestError('BAD_USER_INPUT', `${why} ${choice}`);
}
