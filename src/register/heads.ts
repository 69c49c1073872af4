import { type KeyObject, sign, verify } from 'node:crypto';
import { readIfThere } from './durable-file.ts';

/** A signed statement that a chain was at this place at this time. Kept outside the store. */
export interface SignedHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The gateway stopped here: no entry may follow until it signs a newer head. */
  readonly closed: boolean;
  /** Ed25519, base64. */
  readonly signature: string;
}

export function signHead(key: KeyObject, head: Omit<SignedHead, 'signature'>): SignedHead {
  const { chain, seq, hash, at, closed } = head;
  return { chain, seq, hash, at, closed, signature: sign(null, signedBytes(head), key).toString('base64') };
}

export function isGenuine(key: KeyObject, head: SignedHead): boolean {
  return verify(null, signedBytes(head), key, Buffer.from(head.signature, 'base64'));
}

function signedBytes({ chain, seq, hash, at, closed }: Omit<SignedHead, 'signature'>): Buffer {
  return Buffer.from(`sightline register head\n${chain}\n${seq}\n${hash}\n${at}\n${closed}`);
}

export interface HeadLine {
  /** From 1. */
  readonly line: number;
  /** Null where the line is no head at all. */
  readonly head: SignedHead | null;
}

/** A file's heads in the order written. A last line that was never finished is left out; no file is no heads. */
export async function readHeads(file: string): Promise<readonly HeadLine[]> {
  const lines = ((await readIfThere(file)) ?? '').split('\n').slice(0, -1);
  return lines.map((text, index) => ({ line: index + 1, head: parseHead(text) }));
}

function parseHead(text: string): SignedHead | null {
  try {
    const value: unknown = JSON.parse(text);
    return isHead(value) ? value : null;
  } catch {
    return null;
  }
}

function isHead(value: unknown): value is SignedHead {
  if (typeof value !== 'object' || value === null) return false;
  const { chain, seq, hash, at, closed, signature } = value as Record<string, unknown>;
  const texts = [chain, hash, at, signature].every((part) => typeof part === 'string');
  return texts && Number.isSafeInteger(seq) && typeof closed === 'boolean';
}
