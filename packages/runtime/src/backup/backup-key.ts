import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../problem.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
/** 64 MiB and some 200 ms for each guess. */
const scryptCost = { N: 65_536, r: 8, p: 1, maxmem: 134_217_728 }
const publicPrefix = 'hdbackup-public-'
const privatePrefix = 'hdbackup-private-'

const Text = z.string().min(1).max(1000)

/** The key of a backup as it lies in the manifest: only who has the other half opens it. */
export const WrappedKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), salt: Text, sealed: Text }),
  z.strictObject({
    kind: z.literal('recipient'),
    recipient: Text,
    ephemeral: Text,
    sealed: Text,
  }),
  /** Of use on the host of the node alone, which has the key. */
  z.strictObject({ kind: z.literal('node') }),
])
export type WrappedKey = z.infer<typeof WrappedKey>

/** To whom a backup is written. */
export interface BackupReaders {
  readonly passphrase?: string | undefined
  /** The public half of a recovery key. */
  readonly recipient?: string | undefined
}

/** What opens a backup. */
export interface BackupOpener {
  readonly passphrase?: string | undefined
  /** The private half of a recovery key. */
  readonly recoveryKey?: string | undefined
  /** The key itself, from the data directory of the node. */
  readonly nodeKey?: Uint8Array | undefined
}

/** A fresh recovery key: the public half goes into the configuration, the private one into a safe. */
export function newRecoveryKey(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const { d } = privateKey.export({ format: 'jwk' })
  return { publicKey: `${publicPrefix}${x}`, privateKey: `${privatePrefix}${d}.${x}` }
}

/** Whether a text is the public half of a recovery key. */
export function isRecoveryPublicKey(text: string): boolean {
  try {
    return publicKeyIn(text) !== undefined
  } catch {
    return false
  }
}

/** Wraps the key of a backup for each of its readers. */
export function wrapKey(key: Uint8Array, readers: BackupReaders): WrappedKey[] {
  const wrapped: WrappedKey[] = []
  if (readers.passphrase !== undefined) {
    const salt = randomBytes(16)
    const sealed = sealBytes(scryptSync(readers.passphrase, salt, 32, scryptCost), key, 'key')
    wrapped.push({ kind: 'passphrase', salt: text(salt), sealed: text(sealed) })
  }
  if (readers.recipient !== undefined) {
    const ephemeral = generateKeyPairSync('x25519')
    const shared = agreed(ephemeral.privateKey, publicKeyIn(readers.recipient), readers.recipient)
    const { x = '' } = ephemeral.publicKey.export({ format: 'jwk' })
    const sealed = text(sealBytes(shared, key, 'key'))
    wrapped.push({ kind: 'recipient', recipient: readers.recipient, ephemeral: x, sealed })
  }
  return wrapped
}

/** The key of a backup. Throws Problem backup.cannot-open where nothing given opens it. */
export function unwrapKey(wrapped: readonly WrappedKey[], opener: BackupOpener): Buffer {
  for (const one of wrapped) {
    if (one.kind === 'node') {
      if (opener.nodeKey) return Buffer.from(opener.nodeKey)
      continue
    }
    const by = openingKey(one, opener)
    if (!by) continue
    try {
      return openBytes(by, Buffer.from(one.sealed, 'base64url'), 'key')
    } catch {}
  }
  const kinds = wrapped.map(openedBy)
  throw new Problem('backup.cannot-open', `this backup opens with ${kinds.join(' or ')}`)
}

/** Encrypted under a key for one purpose: nonce, tag, ciphertext. */
export function sealBytes(key: Uint8Array, bytes: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(purpose))
  const sealed = [cipher.update(bytes), cipher.final()]
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
}

/** Throws where key or purpose are others, or the bytes were altered. */
export function openBytes(key: Uint8Array, sealed: Uint8Array, purpose: string): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(purpose))
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
}

/** Says that a text was written by who has the key. */
export function macOf(key: Uint8Array, words: string): string {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'haidang backup manifest', 32))
  return createHmac('sha256', own).update(words).digest('base64url')
}

function openedBy(one: WrappedKey): string {
  if (one.kind === 'passphrase') return 'its passphrase'
  if (one.kind === 'node') return 'keys/backup.key of the node'
  return `the private half of the recovery key ${one.recipient}`
}

function openingKey(
  one: Exclude<WrappedKey, { kind: 'node' }>,
  { passphrase, recoveryKey }: BackupOpener,
): Buffer | undefined {
  if (one.kind === 'passphrase') {
    if (passphrase === undefined) return undefined
    return scryptSync(passphrase, Buffer.from(one.salt, 'base64url'), 32, scryptCost)
  }
  const own = recoveryKey === undefined ? undefined : privateKeyIn(recoveryKey)
  if (!own || own.recipient !== one.recipient) return undefined
  return agreed(own.key, publicKeyIn(`${publicPrefix}${one.ephemeral}`), one.recipient)
}

function agreed(privateKey: KeyObject, publicKey: KeyObject, recipient: string): Buffer {
  const secret = diffieHellman({ privateKey, publicKey })
  return Buffer.from(hkdfSync('sha256', secret, recipient, 'haidang backup key', 32))
}

function publicKeyIn(words: string): KeyObject {
  if (!words.startsWith(publicPrefix)) throw new Error(`it starts with ${publicPrefix}`)
  const x = words.slice(publicPrefix.length)
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
}

function privateKeyIn(words: string): { key: KeyObject; recipient: string } | undefined {
  const [d = '', x = ''] = words.trim().slice(privatePrefix.length).split('.')
  if (!words.startsWith(privatePrefix) || x === '') return undefined
  const jwk = { kty: 'OKP', crv: 'X25519', d, x }
  try {
    return { key: createPrivateKey({ key: jwk, format: 'jwk' }), recipient: `${publicPrefix}${x}` }
  } catch {
    return undefined
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
