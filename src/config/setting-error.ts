/** A setting is missing or wrong; the message is one line that names it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly code = 'SETTING';
  readonly setting: string;

  constructor(setting: string, why: string) {
    super(`${setting} ${why}`);
    this.setting = setting;
  }
}
