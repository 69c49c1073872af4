import { SettingError } from './setting-error.ts';
import { databaseUrl, settingOf } from './settings.ts';

/** `mental-health` → `MENTAL_HEALTH_DATABASE_URL`. */
export function agencySetting(agency: string, suffix = 'DATABASE_URL'): string {
  return `${agency.toUpperCase().replaceAll('-', '_')}_${suffix}`;
}

/**
 * Agency id → its database, for the agencies that have one. Throws SettingError for what is no address, and for
 * an agency's own host, which this version cannot ask: to leave it out in silence would be worse.
 */
export function readAgencyUrls(
  env: NodeJS.ProcessEnv,
  agencies: readonly string[],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const agency of agencies) {
    const name = agencySetting(agency);
    const endpoint = agencySetting(agency, 'ENDPOINT');
    if (env[endpoint]) throw new SettingError(endpoint, `cannot be used yet; give ${name}`);
    const url = settingOf(env, name, databaseUrl.optional());
    if (url !== undefined) found[agency] = url;
  }
  return found;
}
