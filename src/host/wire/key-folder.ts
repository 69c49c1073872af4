import { join } from 'node:path';

/** Where an agency's host has the key by which it signs its answers. */
export const hostKeyFile = (dataDir: string, agency: string): string =>
  join(dataDir, 'host', `${agency}.pem`);

/** A key that is made and told before it signs: once the other side has it, it takes the first one's place. */
export const nextKeyFile = (file: string): string => `${file}.next`;
