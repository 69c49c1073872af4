import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How the driver is told of TLS: the server's certificate is always verified, by these authorities or the machine's own. */
export type Tls = false | { rejectUnauthorized: true; ca?: string };

const FORM = 'must be verify, off, or the path of a PEM file with the authorities to trust';

/** `verify`, `off`, or a file of authorities, which is read here: a gateway must not start and then trust nobody. */
export const tls = z.string().transform((given, context): Tls => {
  if (given === 'off') return false;
  if (given === 'verify') return { rejectUnauthorized: true };
  const refuse = (why: string) => {
    context.addIssue(why);
    return z.NEVER;
  };
  if (!/[./]/.test(given)) return refuse(FORM);
  try {
    const ca = readFileSync(given, 'utf8');
    const certificates = ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    if (certificates.length === 0) return refuse(`${FORM}: there is no certificate in this one`);
    for (const certificate of certificates) new X509Certificate(certificate);
    return { rejectUnauthorized: true, ca };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(`${FORM}: this one cannot be read (${code ?? 'not a certificate'})`);
  }
});
