import type { MailSignature } from '@haidang/contracts/received-mail'
import { createMessage, type DecryptMessageResult, type Key, readSignature, verify } from 'openpgp'

type Signed = DecryptMessageResult['signatures'][number]

/** Whose signature a mail carries. */
export interface Judgement {
  readonly signature: MailSignature
  /** Fingerprint of the known key; empty: none. */
  readonly signer: string
}

export const unsigned: Judgement = { signature: 'none', signer: '' }
/** Where somebody signed with several keys, the best counts; a known key that is wrong counts more than an unknown one. */
const order: readonly MailSignature[] = ['valid', 'expired', 'bad', 'unknown', 'none']

/** Judges a signature that stands beside what it is over. */
export async function signatureOver(
  content: Uint8Array,
  signature: Uint8Array,
  keys: readonly Key[],
): Promise<Judgement> {
  try {
    const text = Buffer.from(signature).toString('latin1')
    const { signatures } = await verify({
      message: await createMessage({ binary: content }),
      signature: text.includes('-----BEGIN')
        ? await readSignature({ armoredSignature: text })
        : await readSignature({ binarySignature: signature }),
      verificationKeys: [...keys],
      format: 'binary',
    })
    return await judged(signatures, keys)
  } catch {
    return { signature: 'bad', signer: '' }
  }
}

/** Judges the signatures of a message by the keys known of who says to have sent it. */
export async function judged(
  signatures: readonly Signed[],
  keys: readonly Key[],
): Promise<Judgement> {
  const all: Judgement[] = []
  for (const one of signatures) all.push(await judgement(one, keys))
  const rank = ({ signature }: Judgement) => order.indexOf(signature)
  return all.sort((a, b) => rank(a) - rank(b))[0] ?? unsigned
}

async function judgement(
  { keyID, verified, signature }: Signed,
  keys: readonly Key[],
): Promise<Judgement> {
  const [proof] = await Promise.allSettled([verified, signature])
  const key = keys.find((one) => one.getKeyIDs().some((id) => id.equals(keyID)))
  if (!key) return { signature: 'unknown', signer: '' }
  const signer = key.getFingerprint().toUpperCase()
  if (!(await isUsable(key))) return { signature: 'expired', signer }
  return { signature: proof.status === 'fulfilled' ? 'valid' : 'bad', signer }
}

async function isUsable(key: Key): Promise<boolean> {
  try {
    await key.verifyPrimaryKey()
    return true
  } catch {
    return false
  }
}
