import { requestError } from '../errors.ts';

/** Whether `Sharing-Errors: holes` asks to leave what is not known to `extensions.holes` alone. Throws BAD_USER_INPUT. */
export function wantsHolesOnly(text: string | null): boolean {
  if (text === null) return false;
  if (text === 'holes') return true;
  throw requestError('BAD_USER_INPUT', 'Sharing-Errors must be "holes", or left out.');
}
