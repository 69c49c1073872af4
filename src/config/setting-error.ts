/** Settings are missing or wrong; the message is a line for each that names it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly code = 'SETTING';
  /** The first. */
  readonly setting: string;

  constructor(setting: string, why: string) {
    super(`${setting} ${why}`);
    this.setting = setting;
  }
}

/** Throws one error with a line for each of these; does nothing if there are none. */
export function throwAll([first, ...more]: readonly SettingError[]): void {
  if (first === undefined) return;
  for (const { message } of more) first.message += `\n${message}`;
  throw first;
}
