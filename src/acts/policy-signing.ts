import { sign } from 'node:crypto';
import type { RegisterEntry } from '../register/entry.ts';
import type { Register } from '../register/register.ts';
import { comparePolicies, opensMore } from '../sharing/diff.ts';
import { loadWith, sharingFile } from '../sharing/files/load.ts';
import type { Policies } from '../sharing/policy/policies.ts';
import type { Catalogue } from '../sharing/policy/types.ts';
import { type Withdrawals, withdrawnNow } from '../sharing/rules/agreement.ts';
import {
  type AcceptedText,
  acceptedTexts,
  countingSignatures,
  lockSigning,
  type Signature,
  type Signer,
  writeSignature,
} from '../store/policy-signatures.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { ActRefused } from './act.ts';
import type { PolicyKey } from './policy-key.ts';

/** A text of an agency's policy that somebody is to sign. */
export interface SignableText {
  agency: string;
  /** SHA-256 in hex. */
  hash: string;
  text: string;
}

/** By what it is judged whether a text gives more than the one that counts. */
export interface Judging {
  policy: Policies;
  catalogue: Catalogue;
  withdrawals: Withdrawals;
  /** Some gateway goes by this policy: it counts where nothing was ever signed. */
  isInForce: boolean;
  now: Date;
}

/** How far a text is on its way to be signed by as many as it takes. */
export interface Signing {
  signatures: readonly Signature[];
  /** Whether it gives more than the text that counts. */
  opensMore: boolean;
  /** How many signatures it lacks. */
  missing: number;
}

const signaturesOf = (all: readonly Signature[], { agency, hash }: Omit<SignableText, 'text'>) =>
  all.filter((one) => one.agency === agency && one.hash === hash);

/** Two where anything gives more than before; one where all of it gives as much or less. */
const needed = (opens: boolean): number => (opens ? 2 : 1);

/** Who signed a text, whether it gives more than the one that counts, and how many more it takes. */
export async function signingOf(
  store: StoreDatabase,
  text: SignableText,
  judging: Judging,
): Promise<Signing> {
  const accepted = (await acceptedTexts(store)).find(({ agency }) => agency === text.agency);
  const signatures = signaturesOf(await countingSignatures(store), text);
  const opens = givesMore(text, accepted, judging);
  const missing = accepted?.hash === text.hash ? 0 : Math.max(0, needed(opens) - signatures.length);
  return { signatures, opensMore: opens, missing };
}

/**
 * Whether a text gives more than the one that counts. Where none was ever signed, the one that is in force counts. One that
 * does not load any more cannot be compared: then it may.
 */
function givesMore(
  { agency, text, hash }: SignableText,
  accepted: AcceptedText | undefined,
  { policy, catalogue, withdrawals, isInForce, now }: Judging,
): boolean {
  if (accepted?.hash === hash) return false;
  if (!accepted && !isInForce) return true;
  const file = sharingFile(agency);
  if (!accepted && policy.hashes.get(file) === hash) return false;
  const before = accepted ? loadWith(policy, catalogue, new Map([[file, accepted.text]])) : null;
  const after = loadWith(policy, catalogue, new Map([[file, text]]));
  if (before?.ok === false || !after.ok) return true;
  const side = (one: Policies) => ({ policy: one, withdrawn: withdrawnNow(one, withdrawals) });
  const comparison = {
    before: side(before?.policies ?? policy),
    after: side(after.policies),
    ...{ catalogue, now },
  };
  return opensMore(comparePolicies(comparison, [agency]));
}

/**
 * Signs a text: it counts once it has as many signatures as it takes. Stands with its entry in the register or not at all.
 * @throws ActRefused for somebody who signed it already: by their login, their number or the same key
 */
export async function signText(
  register: Pick<Register, 'recordWith'>,
  text: SignableText,
  signer: Signer,
  judging: Judging,
  entry: RegisterEntry,
): Promise<void> {
  await register.recordWith([entry], async (transaction) => {
    await lockSigning(transaction, text.agency);
    const { signatures, opensMore: opens, missing } = await signingOf(transaction, text, judging);
    const same = (one: Signature) =>
      one.signer === signer.signer || (one.staff !== null && one.staff === signer.staff);
    if (signatures.some(same))
      throw new ActRefused('ALREADY_SAID', 'You signed this text already; somebody else signs it next');
    const counting = (await acceptedTexts(transaction)).find(({ agency }) => agency === text.agency);
    await writeSignature(transaction, text, signer, {
      ...{ since: counting?.id ?? '0', opensMore: opens, at: judging.now },
      accepts: missing === 1,
    });
  });
}

/** What a key signs: which agency's policy, and which text of it. */
export const signedWords = ({ agency, hash }: Omit<SignableText, 'text'>): Buffer =>
  Buffer.from(`sightline policy\n${agency}\n${hash}\n`);

/** An agency's own key as somebody who signs. */
export const keySigner = ({ key, keyId, publicKey }: PolicyKey, text: SignableText): Signer => ({
  signer: `key ${keyId}`,
  staff: null,
  name: `the agency’s key ${keyId}`,
  signed: { signature: sign(null, signedWords(text), key).toString('base64url'), publicKey },
});
