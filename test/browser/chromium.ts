import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why there is no browser on this machine; null where there is one. */
export const noChromium = existsSync(path) ? null : `there is no Chromium at ${path}: set CHROMIUM_PATH`;

/** A real browser that speaks to nobody of its own accord. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
