import type { Logger } from '../../src/logger.ts';

/** Takes every line and keeps none; a test that reads some puts its own in place of one of the three. */
export const SILENT: Logger = { info() {}, warn() {}, error() {} };
