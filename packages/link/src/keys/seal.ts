import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { readOrMake } from './key-file.ts'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Seals short secrets for the database under a key that lies beside it in a file only the node reads. */
export interface Seal {
  /** Text that opens for this owner alone. */
  seal(owner: string, secret: string): string
  /** What was sealed. Throws an Error where owner or key are others, or the text was altered. */
  open(owner: string, sealed: string): string
}

/** The key is made at first use and kept at `keys/NAME.key` of the data directory. */
export async function openSeal(dataDirectory: string, name: string): Promise<Seal> {
  const path = join(dataDirectory, 'keys', `${name}.key`)
  const text = await readOrMake(path, async () => randomBytes(32).toString('base64url'))
  const key = Buffer.from(text.trim(), 'base64url')
  return {
    seal(owner, secret) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(owner))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(owner, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes)
      const cipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
      cipher.setAAD(Buffer.from(owner)).setAuthTag(tag)
      const opened = [cipher.update(bytes.subarray(nonceBytes + tagBytes)), cipher.final()]
      return Buffer.concat(opened).toString('utf8')
    },
  }
}
