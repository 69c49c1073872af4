import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/**
 * Signed notes (https://c2sp.org/signed-note), so that others' tools can check ours: text, an empty line, and signatures
 * by Ed25519, each under the name of a key and the beginning of a hash of name and key.
 */
const SEPARATOR = '\n\n';
const ED25519 = 0x01;
/** A note may be signed by others as well; more than these are not looked at. */
const MOST_SIGNATURES = 16;

/** @param text ends with a line feed; @param name of the key, without spaces or plus signs */
export function signNote(text: string, name: string, key: KeyObject): string {
  const signature = sign(null, Buffer.from(text), key);
  const blob = Buffer.concat([keyId(name, createPublicKey(key)), signature]).toString('base64');
  return `${text}\n— ${name} ${blob}\n`;
}

/**
 * The text of a note that one of the keys signed under this name; null where none did, or a known key's signature does not
 * fit. Signatures of other keys are ignored, as the specification says.
 */
export function openNote(note: string, name: string, keys: readonly KeyObject[]): string | null {
  const parts = partsOf(note);
  if (parts === null) return null;
  const ids = keys.map((key) => ({ key, id: keyId(name, key) }));
  let signed = false;
  for (const { signer, blob } of parts.signatures) {
    const known = signer === name ? ids.filter(({ id }) => id.equals(blob.subarray(0, 4))) : [];
    if (known.length === 0) continue;
    const fits = known.some(({ key }) => verify(null, Buffer.from(parts.text), key, blob.subarray(4)));
    if (!fits) return null;
    signed = true;
  }
  return signed ? parts.text : null;
}

function partsOf(note: string) {
  const at = note.lastIndexOf(SEPARATOR);
  if (at < 0 || CONTROL.test(note)) return null;
  const lines = note.slice(at + SEPARATOR.length).split('\n');
  if (lines.pop() !== '' || lines.length === 0 || lines.length > MOST_SIGNATURES) return null;
  const signatures = lines.map((line) => {
    const [, signer, base64] = SIGNATURE.exec(line) ?? [];
    return signer === undefined || base64 === undefined
      ? null
      : { signer, blob: Buffer.from(base64, 'base64') };
  });
  if (signatures.some((signature) => signature === null)) return null;
  return { text: note.slice(0, at + 1), signatures: signatures.filter((signature) => signature !== null) };
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: a note has none but the line feed
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
const SIGNATURE = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/;

/** Four bytes that tell which key of this name is meant. */
function keyId(name: string, key: KeyObject): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([ED25519]))
    .update(rawKey(key))
    .digest()
    .subarray(0, 4);
}

const rawKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');

/** A public key as others' tools take it: `name+id+key`. */
export function verifierKey(name: string, key: KeyObject): string {
  const typed = Buffer.concat([Buffer.from([ED25519]), rawKey(key)]);
  return `${name}+${keyId(name, key).toString('hex')}+${typed.toString('base64')}`;
}
