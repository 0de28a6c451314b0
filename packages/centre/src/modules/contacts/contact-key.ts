import type { OpenPgpKey } from '@haidang/contracts/contact-point'
import { isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import { type Key, readKeys } from 'openpgp'

/**
 * Reads an ASCII-armoured OpenPGP public key (RFC 9580) that messages for `email` can be encrypted to now.
 * Throws Problem contact.key-invalid saying why it cannot: unreadable, several, private, expired, revoked, too weak,
 * or of somebody else's address.
 */
export async function readContactKey(armoured: string, email: string): Promise<OpenPgpKey> {
  const key = await oneKey(armoured)
  if (key.isPrivate()) {
    throw refusal('it is a private key', 'the public key; take the private one out of use')
  }
  try {
    await key.verifyPrimaryKey()
    await key.getEncryptionKey()
  } catch (error) {
    throw refusal(reasonOf(error), 'a key that is valid and can encrypt')
  }
  const user_ids = key.getUserIDs().slice(0, 20)
  const isOwn = key.users.some(({ userID }) => userID?.email.toLowerCase() === email.toLowerCase())
  if (!email || !isOwn) {
    throw refusal(
      `no user id of the key names ${email || 'an e-mail of this contact point'}`,
      'a key of this e-mail, or the e-mail of the key',
    )
  }
  const expires = await key.getExpirationTime()
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    user_ids,
    created_at: isoOf(key.getCreationTime().getTime()),
    expires_at: expires === null || typeof expires === 'number' ? null : isoOf(expires.getTime()),
  }
}

async function oneKey(armoured: string): Promise<Key> {
  // The library reads the first of several blocks and is silent about the rest.
  if (armoured.split('-----BEGIN').length !== 2) throw refusal('not exactly one key', 'one key')
  try {
    const [key, ...others] = await readKeys({ armoredKeys: armoured })
    if (key && others.length === 0) return key
  } catch (error) {
    throw refusal(reasonOf(error), 'what `gpg --export --armor` writes')
  }
  throw refusal('not exactly one key', 'one key')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'unreadable'
}

function refusal(cause: string, remedy: string): Problem {
  return new Problem('contact.key-invalid', cause, [{ field: 'openpgp', cause, remedy }])
}
