import { agencySetting } from './agency-settings.ts';
import { SettingError } from './setting-error.ts';
import { AGENCY_SETTING_NAMES, SETTING_NAMES } from './settings.ts';

/**
 * A line for each variable that looks like a misspelt one of these `names` or of an agency’s settings, or that names the database of an unknown agency. To
 * ignore it would start something else: a misspelt DATABASE_URL would start the demo.
 */
export function misspeltSettings(
  env: NodeJS.ProcessEnv,
  agencies: readonly string[],
  names: readonly string[] = SETTING_NAMES,
): SettingError[] {
  const addresses = agencies.map((agency) => agencySetting(agency));
  const own = agencies.flatMap((agency) =>
    AGENCY_SETTING_NAMES.map((suffix) => agencySetting(agency, suffix)),
  );
  const known = [...names, ...own];
  const given = Object.keys(env).filter((name) => env[name]?.trim() && !known.includes(name));
  return given.flatMap((name) => {
    const meant = nearestOf(
      name,
      known.filter((setting) => !env[setting]?.trim()),
    );
    if (meant !== null) return [new SettingError(name, `is no setting; did you mean ${meant}?`)];
    if (!/.+_DATABASE_URL$/.test(name)) return [];
    return [new SettingError(name, `names no agency; known: ${addresses.join(', ')}`)];
  });
}

/** The setting that this name probably misspells; longer names may differ by more. Null if there is none. */
function nearestOf(name: string, settings: readonly string[]): string | null {
  const plain = name.toUpperCase();
  const near = settings
    .map((setting) => ({ setting, slips: slipsBetween(plain, setting) }))
    .filter(({ setting, slips }) => slips <= (setting.length < 12 ? 1 : 2) && plain[0] === setting[0])
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.setting ?? null;
}

/** Letters put in, left out, taken for another or exchanged with the next: optimal string alignment distance. */
function slipsBetween(a: string, b: string): number {
  let [twoBefore, before]: [number[], number[]] = [
    [],
    Array.from({ length: b.length + 1 }, (_, index) => index),
  ];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((before[j - 1] ?? 0) + same, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (twoBefore[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [twoBefore, before] = [before, row];
  }
  return before[b.length] ?? 0;
}
